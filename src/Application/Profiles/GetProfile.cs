using MediatR;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Everything that is kept of a user's interactions, also of those of merged ids; null where nothing is (never seen, or
/// erased).
/// </summary>
public sealed record GetProfile(UserId User) : IRequest<UserProfile?>
{
    internal sealed class Handler(UserMemories memories) : IRequestHandler<GetProfile, UserProfile?>
    {
        public async Task<UserProfile?> Handle(GetProfile request, CancellationToken cancellationToken) =>
            (await memories.FindAsync(request.User, cancellationToken)).Profile is { IsEmpty: false } profile
                ? profile : null;
    }
}
