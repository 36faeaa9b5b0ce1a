namespace Recommendation.Application.Ports;

/// <summary>The key that signs receipts of erasure.</summary>
public interface IReceiptKeys
{
    /// <summary>
    /// The key, made at the first use: an ECDSA key on P-256 as PKCS #8 in PEM. Never the same for two data folders or
    /// buckets.
    /// </summary>
    Task<string> PrivateKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The public part in PEM (SubjectPublicKeyInfo), for hosts that may not read the key; null until the key was used
    /// once.
    /// </summary>
    Task<string?> PublicKeyAsync(CancellationToken cancellationToken);
}
