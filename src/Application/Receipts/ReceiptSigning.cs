using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Receipts;

/// <summary>Signs receipts, and checks signatures.</summary>
internal static class ReceiptSigning
{
    /// <summary>The platform's own key, to be disposed.</summary>
    /// <exception cref="StoredFormatException">It is damaged.</exception>
    internal static async Task<ECDsa> OwnKeyAsync(IReceiptKeys keys, CancellationToken cancellationToken) =>
        KeyOf(await keys.PrivateKeyAsync(cancellationToken), wrong => new StoredFormatException(
            "The key that signs receipts is damaged: restore it from a backup (receipt-key.pem of the data folder, "
                + "keys/receipt-key.json of the bucket).",
            wrong));

    /// <summary>The public part of the platform's own key, to be disposed.</summary>
    /// <exception cref="RefusedException">There is none yet.</exception>
    internal static async Task<ECDsa> OwnPublicKeyAsync(IReceiptKeys keys, CancellationToken cancellationToken)
    {
        var pem = await keys.PublicKeyAsync(cancellationToken)
            ?? throw RefusedException.Missing("There is no key of receipts yet: the first erasure makes it.");
        return KeyOf(pem, wrong => new StoredFormatException(
            "The public key of receipts is damaged: restore it from a backup.", wrong));
    }

    /// <summary>Reads a key, to be disposed.</summary>
    /// <param name="pem">The key.</param>
    /// <param name="refusal">What to say of a text that is no key.</param>
    internal static ECDsa KeyOf(string pem, Func<Exception, Exception> refusal)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw refusal(wrong);
        }
    }

    internal static SignedReceipt Sign(ErasureReceipt receipt, ECDsa key) =>
        new(
            receipt,
            SignedReceipt.Es256,
            Base64Url.EncodeToString(key.SignData(BytesOf(receipt), HashAlgorithmName.SHA256))
        );

    /// <returns>Why the receipt is not to be trusted; null where it is.</returns>
    internal static string? ProblemOf(SignedReceipt signed, ECDsa key)
    {
        if (!string.Equals(signed.Algorithm, SignedReceipt.Es256, StringComparison.Ordinal))
            return $"It is signed with '{signed.Algorithm}'; receipts are signed with {SignedReceipt.Es256}.";
        if (!string.Equals(signed.Receipt.KeyId, ReceiptKey.IdOf(key), StringComparison.Ordinal))
            return $"It names the key {signed.Receipt.KeyId}, and this key is {ReceiptKey.IdOf(key)}.";
        return IsSigned(signed, key)
            ? null
            : "The signature does not belong to what it says: it was changed, or is not ours.";
    }

    private static bool IsSigned(SignedReceipt signed, ECDsa key)
    {
        var signature = new byte[Base64Url.GetMaxDecodedLength(signed.Signature.Length)];
        return Base64Url.DecodeFromChars(signed.Signature, signature, out _, out var length) == OperationStatus.Done
            && key.VerifyData(BytesOf(signed.Receipt), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    private static byte[] BytesOf(ErasureReceipt receipt) =>
        JsonSerializer.SerializeToUtf8Bytes(receipt, ReceiptJson.Default.ErasureReceipt);
}
