using System.Security.Cryptography;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary>
/// <c>keys/receipt-key.json</c>, encrypted as the bucket is; whoever is first makes it. Its public part is
/// <c>public-keys/receipt-key.json</c>, for functions that may not sign.
/// </summary>
internal sealed class S3ReceiptKeys(Bucket bucket) : IReceiptKeys
{
    private const string Key = "keys/receipt-key.json";
    private const string PublicKey = "public-keys/receipt-key.json";

    public async Task<string> PrivateKeyAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } known)
            return await PublishAsync(known, cancellationToken);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var document = new ReceiptKeyDocument(S3Json.Format, key.ExportPkcs8PrivateKeyPem());
        await bucket.PutAsync(
            Key,
            S3Json.Write(document, S3Json.Default.ReceiptKeyDocument),
            PutCondition.Absent,
            cancellationToken
        );
        return await PublishAsync(
            await FindAsync(cancellationToken)
                ?? throw new StoreUnavailableException(
                    "The key of receipts was put but can't be read back; ask again."
                ),
            cancellationToken
        );
    }

    public async Task<string?> PublicKeyAsync(CancellationToken cancellationToken) =>
        await bucket.FindAsync(PublicKey, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.PublicReceiptKeyDocument, PublicKey).PublicKey : null;

    /// <summary>Puts the public part beside the key if it is missing.</summary>
    private async Task<string> PublishAsync(string pem, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception damaged) when (damaged is ArgumentException or CryptographicException)
        {
            return pem; // Whoever signs with it says so.
        }
        var document = new PublicReceiptKeyDocument(S3Json.Format, key.ExportSubjectPublicKeyInfoPem());
        await bucket.PutAsync(
            PublicKey,
            S3Json.Write(document, S3Json.Default.PublicReceiptKeyDocument),
            PutCondition.Absent,
            cancellationToken
        );
        return pem;
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken) =>
        await bucket.FindAsync(Key, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.ReceiptKeyDocument, Key).PrivateKey
            : null;
}

/// <summary>The key of receipts.</summary>
internal sealed record ReceiptKeyDocument(int FormatVersion, string PrivateKey) : IStoredDocument;

/// <summary>The public part of the key of receipts.</summary>
internal sealed record PublicReceiptKeyDocument(int FormatVersion, string PublicKey) : IStoredDocument;
