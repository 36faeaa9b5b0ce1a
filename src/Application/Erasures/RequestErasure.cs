using MediatR;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Erasures;

/// <summary>
/// Stores the request to erase a user, and the ids that were merged with the user, for somebody else to carry out.
/// </summary>
public sealed record RequestErasure(UserId User) : IRequest<ForgottenUser>
{
    internal sealed class Handler(ErasureRequests requests) : IRequestHandler<RequestErasure, ForgottenUser>
    {
        public async Task<ForgottenUser> Handle(RequestErasure request, CancellationToken cancellationToken)
        {
            var begun = await requests.BeginAsync(request.User, cancellationToken);
            return ForgottenUser.From(begun[0]) with { MergedErasures = [.. begun.Skip(1).Select(one => one.Id)] };
        }
    }
}
