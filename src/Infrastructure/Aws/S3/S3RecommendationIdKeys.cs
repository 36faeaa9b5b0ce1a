using System.Security.Cryptography;
using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.S3;

/// <summary><c>id-keys/recommendation-id.json</c>, encrypted as the bucket is; whoever is first makes it.</summary>
internal sealed class S3RecommendationIdKeys(Bucket bucket) : IRecommendationIdKeys
{
    internal const string Key = "id-keys/recommendation-id.json";

    public async Task<RecommendationIdKey> KeyAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } known)
            return known;
        var document = new RecommendationIdKeyDocument(
            S3Json.Format, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RecommendationIdKey.Length)));
        // Of two processes that begin at once, one puts the key and both read it.
        await bucket.PutAsync(
            Key,
            S3Json.Write(document, S3Json.Default.RecommendationIdKeyDocument),
            PutCondition.Absent,
            cancellationToken);
        return await FindAsync(cancellationToken)
            ?? throw new StoreUnavailableException(
                "The key of recommendation ids was put but can't be read back; ask again.");
    }

    private async Task<RecommendationIdKey?> FindAsync(CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync(Key, cancellationToken) is not { } stored)
            return null;
        try
        {
            var document = S3Json.Read(stored.Body, S3Json.Default.RecommendationIdKeyDocument, Key);
            return new RecommendationIdKey(Convert.FromHexString(document.Secret));
        }
        catch (Exception damaged) when (damaged is FormatException or ArgumentException)
        {
            throw new StoredFormatException(
                $"The key of recommendation ids, '{Key}' of the bucket, is damaged: restore an earlier version of the "
                    + "object. If there is none, delete it; another key is made, and feedback to lists of before "
                    + "counts as feedback without an id.",
                damaged);
        }
    }
}

/// <summary>The key of recommendation ids.</summary>
/// <param name="FormatVersion">The layout of the document.</param>
/// <param name="Secret">Its bytes as hexadecimal digits.</param>
internal sealed record RecommendationIdKeyDocument(int FormatVersion, string Secret) : IStoredDocument;
