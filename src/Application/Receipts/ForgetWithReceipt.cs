using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Receipts;

/// <summary>Erases a user as <see cref="ForgetUser"/> does, and signs what was removed. Asking again is harmless and gives another receipt.</summary>
public sealed record ForgetWithReceipt(UserId User) : IRequest<SignedReceipt>
{
    internal sealed class Handler(IMediator mediator, IReceiptKeys keys, TimeProvider time) : IRequestHandler<ForgetWithReceipt, SignedReceipt>
    {
        public async Task<SignedReceipt> Handle(ForgetWithReceipt request, CancellationToken cancellationToken)
        {
            // The key first: where there is none to sign with, nothing is erased without a receipt.
            using var key = await ReceiptSigning.OwnKeyAsync(keys, cancellationToken);
            var forgotten = await mediator.Send(new ForgetUser(request.User), cancellationToken);
            var removed = new RemovedData(
                Profile: true, List: true, forgotten.InteractionsCounted, forgotten.InteractionsRemoved, forgotten.QuarantinedRemoved);
            return ReceiptSigning.Sign(
                new ErasureReceipt(
                    ErasureReceipt.Current, ReceiptSigning.KeyIdOf(key), forgotten.User.Value, Timestamps.Format(forgotten.ErasedAt),
                    Timestamps.Format(ShiftedTimeProvider.RealNow(time)), removed, forgotten.Found),
                key);
        }
    }
}
