using System.Security.Cryptography;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary><c>keys/receipt-key.json</c>, encrypted as the bucket is; whoever is first makes it.</summary>
internal sealed class S3ReceiptKeys(Bucket bucket) : IReceiptKeys
{
    private const string Key = "keys/receipt-key.json";

    public async Task<string> PrivateKeyAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } known)
            return known;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var document = new ReceiptKeyDocument(S3Json.Format, key.ExportPkcs8PrivateKeyPem());
        await bucket.PutAsync(Key, S3Json.Write(document, S3Json.Default.ReceiptKeyDocument), PutCondition.Absent, cancellationToken);
        return await FindAsync(cancellationToken) ?? throw new StoreUnavailableException("The key of receipts was put but can't be read back; ask again.");
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken) =>
        await bucket.FindAsync(Key, cancellationToken) is { } stored ? S3Json.Read(stored.Body, S3Json.Default.ReceiptKeyDocument, Key).PrivateKey : null;
}

/// <summary>The key of receipts.</summary>
internal sealed record ReceiptKeyDocument(int FormatVersion, string PrivateKey) : IStoredDocument;
