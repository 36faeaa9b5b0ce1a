namespace Recommendation.Application.Ports;

/// <summary>The key that signs receipts of erasure.</summary>
public interface IReceiptKeys
{
    /// <summary>
    /// The key, made at the first use: an ECDSA key on P-256 as PKCS #8 in PEM. Never the same for two
    /// data folders or buckets.
    /// </summary>
    /// <exception cref="StoredFormatException">
    /// The key that signed earlier receipts is missing, or another key is in its place. It is never replaced in
    /// silence; the message says what to restore.
    /// </exception>
    Task<string> PrivateKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The public part in PEM (SubjectPublicKeyInfo), for hosts that may not read the key; null until the
    /// key was used once.
    /// </summary>
    Task<string?> PublicKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes another key after the first one was lost. Receipts of the lost key can then be verified only with a copy
    /// of its public part.
    /// </summary>
    /// <returns>The new private key.</returns>
    /// <exception cref="RefusedException">There is a key.</exception>
    Task<string> ReplaceLostAsync(CancellationToken cancellationToken);
}
