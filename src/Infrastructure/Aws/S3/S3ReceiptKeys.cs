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
            return await PublishAsync(known, PutCondition.Absent, cancellationToken);
        if (await PublicKeyAsync(cancellationToken) is null)
            return await MakeAsync(PutCondition.Absent, cancellationToken);
        // The public part is put after the key, so another process may have made both since.
        return await FindAsync(cancellationToken)
            ?? throw new StoredFormatException(
                $"The key that signed earlier receipts, '{Key}' of the bucket, is missing: restore an earlier version "
                    + "of the object. If it is lost, `recommend receipt new-key --platform aws` makes another one; "
                    + "receipts of before can then be verified only with a copy of the old public key."
            );
    }

    public async Task<string> ReplaceLostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not null)
            throw new RefusedException($"There is a key for receipts: '{Key}' of the bucket.");
        return await MakeAsync(PutCondition.Always, cancellationToken);
    }

    /// <param name="publicPart">When the public part may be put.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async Task<string> MakeAsync(PutCondition publicPart, CancellationToken cancellationToken)
    {
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
            publicPart,
            cancellationToken
        );
    }

    public async Task<string?> PublicKeyAsync(CancellationToken cancellationToken) =>
        await bucket.FindAsync(PublicKey, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.PublicReceiptKeyDocument, PublicKey).PublicKey : null;

    /// <summary>Puts the public part beside the key.</summary>
    private async Task<string> PublishAsync(
        string pem,
        PutCondition condition,
        CancellationToken cancellationToken
    )
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
            condition,
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
