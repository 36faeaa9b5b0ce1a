using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Receipts;

/// <summary>Whether a receipt is ours and says what we signed.</summary>
/// <param name="Receipt">What was handed out.</param>
/// <param name="PublicKey">The key to trust, in PEM; null for the platform's own.</param>
public sealed record VerifyReceipt(SignedReceipt Receipt, string? PublicKey = null) : IRequest<VerifiedReceipt>
{
    internal sealed class Handler(IReceiptKeys keys) : IRequestHandler<VerifyReceipt, VerifiedReceipt>
    {
        public async Task<VerifiedReceipt> Handle(VerifyReceipt request, CancellationToken cancellationToken)
        {
            using var key = request.PublicKey is { } pem
                ? ReceiptSigning.KeyOf(pem, NoKey)
                : await ReceiptSigning.OwnPublicKeyAsync(keys, cancellationToken);
            return new VerifiedReceipt(request.Receipt.Receipt, ReceiptSigning.ProblemOf(request.Receipt, key));
        }

        private static RefusedException NoKey(Exception _) =>
            new("The key is no ECDSA key in PEM.") { Hint = new(NextStep.ShowReceiptKey) };
    }
}

/// <summary>What a check found.</summary>
/// <param name="Problem">Why the receipt is not to be trusted; null where it is genuine.</param>
public sealed record VerifiedReceipt(ErasureReceipt Receipt, string? Problem);
