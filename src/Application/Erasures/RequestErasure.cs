using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Erasures;

/// <summary>Stores the request to erase a user, for somebody else to carry out.</summary>
public sealed record RequestErasure(UserId User) : IRequest<ForgottenUser>
{
    internal sealed class Handler(IErasures erasures, TimeProvider time)
        : IRequestHandler<RequestErasure, ForgottenUser>
    {
        public async Task<ForgottenUser> Handle(RequestErasure request, CancellationToken cancellationToken) =>
            ForgottenUser.From(
                await erasures.BeginAsync(
                    request.User,
                    Timestamps.ToMilliseconds(ShiftedTimeProvider.RealNow(time)),
                    cancellationToken
                )
            );
    }
}
