using System.Security.Cryptography;
using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Receipts;

/// <summary>The public part of the key that signs receipts, for those who check them elsewhere.</summary>
public sealed record ShowReceiptKey : IRequest<ReceiptKey>
{
    internal sealed class Handler(IReceiptKeys keys) : IRequestHandler<ShowReceiptKey, ReceiptKey>
    {
        public async Task<ReceiptKey> Handle(ShowReceiptKey request, CancellationToken cancellationToken)
        {
            using var key = await ReceiptSigning.OwnPublicKeyAsync(keys, cancellationToken);
            return new ReceiptKey(
                ReceiptKey.IdOf(key),
                SignedReceipt.Es256,
                key.ExportSubjectPublicKeyInfoPem()
            );
        }
    }
}

/// <summary>A public key.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo in PEM.</param>
public sealed record ReceiptKey(string KeyId, string Algorithm, string PublicKey)
{
    private const int IdBytes = 16;

    /// <summary>The id of a key: the first 16 bytes of SHA-256 of its public part, as hexadecimal text.</summary>
    public static string IdOf(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, IdBytes));
    }
}
