using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Profiles;

/// <summary>Everything that is kept of a user, wherever it is. Reads the whole log, which has no index by user.</summary>
public sealed record ExportUser(UserId User) : IRequest<ExportedUser>
{
    internal sealed class Handler(IProfileStore profiles, IRecommendationStore lists, IInteractionLog log, IQuarantine quarantine)
        : IRequestHandler<ExportUser, ExportedUser>
    {
        public async Task<ExportedUser> Handle(ExportUser request, CancellationToken cancellationToken)
        {
            var profile = await profiles.FindAsync(request.User, cancellationToken);
            var erasedAt = profile?.ErasedAt;
            var interactions = await log.ReadAsync(after: null, cancellationToken)
                .Where(interaction => interaction.UserId == request.User && !(interaction.ArrivedAt < erasedAt)).ToListAsync(cancellationToken);
            var quarantined = await quarantine.ListAsync(includeRedriven: true, cancellationToken)
                .Where(record => record.UserId == request.User).ToListAsync(cancellationToken);
            var list = await lists.FindAsync(request.User, cancellationToken);
            if (profile is null or { IsEmpty: true } && list is null && interactions.Count == 0 && quarantined.Count == 0)
                throw RefusedException.Missing($"Nothing is kept of user '{request.User}': never seen, or erased.");
            return new ExportedUser(profile is { IsEmpty: false } ? profile : null, list, interactions, quarantined);
        }
    }
}

/// <summary>What is kept of a user.</summary>
public sealed record ExportedUser(
    UserProfile? Profile, RecommendationList? List, IReadOnlyList<Interaction> Interactions, IReadOnlyList<QuarantinedRecord> Quarantined);
