using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.S3;

/// <summary>
/// Objects that services write and nobody reads but people: records that the delivery could not process, and batches
/// that were given up. A user is found by content: the records are in them as base64, also in JSON that is
/// a text of JSON.
/// </summary>
/// <param name="bucket">Holds them.</param>
/// <param name="place">The key of the place.</param>
/// <param name="prefix">Where they are.</param>
/// <param name="isByLine">Whether each line stands for itself; else the whole object goes.</param>
internal sealed class ContentErasure(Bucket bucket, string place, string prefix, bool isByLine) : IErasable
{
    private const int ObjectsAtOnce = 50;
    private const int MaximumDepth = 3;

    internal static ContentErasure OfArchiveErrors(Bucket bucket) =>
        new(bucket, PersonalDataPlaces.ArchiveErrors, "archive-errors/", isByLine: true);

    internal static ContentErasure OfGivenUpBatches(Bucket bucket) =>
        new(bucket, PersonalDataPlaces.GivenUp, "aws/lambda/", isByLine: false);

    public string Place => place;

    public async Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var (removed, read) = (0L, 0);
        await foreach (var key in bucket.KeysAsync(prefix, work.After, cancellationToken))
        {
            removed += await EraseAsync(key, work.User, cancellationToken);
            if (++read == ObjectsAtOnce)
                return new ErasedPart(removed, key);
        }
        return new ErasedPart(removed);
    }

    private async Task<long> EraseAsync(string key, UserId user, CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync(key, cancellationToken) is not { } stored)
            return 0;
        var isPacked = stored.Body is [0x1F, 0x8B, ..];
        var text = Encoding.UTF8.GetString(isPacked ? Unpacked(stored.Body) : stored.Body);
        var versions = new ObjectVersions(bucket);
        string[] lines = isByLine ? text.Split('\n') : [text];
        var kept = lines.Where(line => !Names(line, user, depth: 0)).ToList();
        if (kept.Count == lines.Length)
            return 0;
        if (kept.TrueForAll(string.IsNullOrWhiteSpace))
        {
            await versions.RemoveAsync(key, cancellationToken);
        }
        else
        {
            var body = Encoding.UTF8.GetBytes(string.Join('\n', kept));
            await bucket.PutAsync(key, isPacked ? Packed(body) : body, PutCondition.Always, cancellationToken);
            await versions.RemoveEarlierAsync(key, cancellationToken);
        }
        return lines.Length - kept.Count;
    }

    private static bool Names(string text, UserId user, int depth)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (RecordContent.Names(bytes, user))
            return true;
        if (depth < MaximumDepth && text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            try
            {
                using var json = JsonDocument.Parse(bytes);
                return Names(json.RootElement, user, depth);
            }
            catch (JsonException)
            {
                return false; // It only looks like JSON.
            }
        }
        return depth > 0 && Base64.IsValid(text) && RecordContent.Names(Convert.FromBase64String(text), user);
    }

    private static bool Names(JsonElement element, UserId user, int depth) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member => Names(member.Value, user, depth)),
        JsonValueKind.Array => element.EnumerateArray().Any(member => Names(member, user, depth)),
        JsonValueKind.String => Names(element.GetString()!, user, depth + 1),
        _ => false,
    };

    private static byte[] Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return packed.ToArray();
    }
}
