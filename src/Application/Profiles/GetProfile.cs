using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>Everything that is kept of a user's interactions; null where nothing is (never seen, or erased).</summary>
public sealed record GetProfile(UserId User) : IRequest<UserProfile?>
{
    internal sealed class Handler(IProfileStore profiles) : IRequestHandler<GetProfile, UserProfile?>
    {
        public async Task<UserProfile?> Handle(GetProfile request, CancellationToken cancellationToken) =>
            await profiles.FindAsync(request.User, cancellationToken) is { IsEmpty: false } profile ? profile : null;
    }
}
