using System.Security.Cryptography;
using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Receipts;

/// <summary>
/// Makes another key for receipts after the old one was lost. Older receipts can then be verified only with a copy of
/// the old public key.
/// </summary>
public sealed record ReplaceReceiptKey : IRequest<ReceiptKey>
{
    internal sealed class Handler(IReceiptKeys keys) : IRequestHandler<ReplaceReceiptKey, ReceiptKey>
    {
        public async Task<ReceiptKey> Handle(ReplaceReceiptKey request, CancellationToken cancellationToken)
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(await keys.ReplaceLostAsync(cancellationToken));
            return new ReceiptKey(ReceiptKey.IdOf(key), SignedReceipt.Es256, key.ExportSubjectPublicKeyInfoPem());
        }
    }
}
