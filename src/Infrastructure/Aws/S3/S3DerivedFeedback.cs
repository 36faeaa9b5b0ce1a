using System.Globalization;
using System.IO.Compression;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary>
/// <c>feedback/parts/{group}.json.gz</c>, the group as two hexadecimal digits, and <c>feedback/progress.json</c>.
/// </summary>
internal sealed class S3DerivedFeedback(Bucket bucket) : IDerivedFeedback
{
    private const string Prefix = "feedback/parts/";
    private const string Extension = ".json.gz";
    private const string ProgressKey = "feedback/progress.json";

    public async Task<StoredFeedbackPart?> FindAsync(int part, CancellationToken cancellationToken)
    {
        var key = KeyOf(part);
        return await bucket.FindAsync(key, cancellationToken) is { } stored
            ? new StoredFeedbackPart(
                S3Json.Read(Unpacked(stored.Body, key), S3Json.Default.FeedbackPartDocument, key).ToPart(key),
                stored.Tag)
            : null;
    }

    public async Task<IReadOnlyList<int>> ListAsync(CancellationToken cancellationToken) =>
        await bucket.KeysAsync(Prefix, cancellationToken)
            .Select(PartOf)
            .Where(part => part is not null)
            .Select(part => part!.Value)
            .ToListAsync(cancellationToken);

    public async Task<bool> SaveAsync(
        FeedbackPart part, StoredFeedbackPart? known, bool leavesNoTrace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(part);
        var key = KeyOf(part.Part);
        var body = Packed(S3Json.Write(FeedbackPartDocument.From(part), S3Json.Default.FeedbackPartDocument));
        var condition = known is null ? PutCondition.Absent : new PutCondition(known.Tag, IfAbsent: false);
        if (await bucket.PutAsync(key, body, condition, cancellationToken) is null)
            return false;
        if (leavesNoTrace)
            await new ObjectVersions(bucket).RemoveEarlierAsync(key, cancellationToken);
        return true;
    }

    public async Task<DerivedProgress> ProgressAsync(CancellationToken cancellationToken) =>
        await bucket.FindAsync(ProgressKey, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.FeedbackProgressDocument, ProgressKey).ToProgress()
            : DerivedProgress.None;

    /// <summary>Of two runs at once the later one counts; what it does not know of is counted again.</summary>
    public Task SaveProgressAsync(DerivedProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var body = S3Json.Write(FeedbackProgressDocument.From(progress), S3Json.Default.FeedbackProgressDocument);
        return bucket.PutAsync(ProgressKey, body, PutCondition.Always, cancellationToken);
    }

    private static string KeyOf(int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{part:x2}{Extension}");

    private static int? PartOf(string key) =>
        key.EndsWith(Extension, StringComparison.Ordinal)
        && int.TryParse(
            key.AsSpan(Prefix.Length..^Extension.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var part)
            ? part : null;

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] packed, string key)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException problem)
        {
            throw new StoredFormatException(
                $"Object '{key}' is damaged: restore an earlier version. ({problem.Message})", problem);
        }
    }
}
