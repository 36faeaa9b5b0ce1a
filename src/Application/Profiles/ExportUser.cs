using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Profiles;

/// <summary>Everything that is kept of a user, wherever it is. Reads the part of the log that the user is in.</summary>
public sealed record ExportUser(UserId User) : IRequest<ExportedUser>
{
    internal sealed class Handler(
        UserMemories memories,
        IRecommendationStore lists,
        IUserLog log,
        IQuarantine quarantine,
        IUserAttributes attributes
    ) : IRequestHandler<ExportUser, ExportedUser>
    {
        public async Task<ExportedUser> Handle(ExportUser request, CancellationToken cancellationToken)
        {
            var memory = await memories.FindAsync(request.User, cancellationToken);
            var profile = memory.Profile;
            var erasure = profile.Erasure;
            var interactions = await log.ReadAsync(new LogParts(log.PartOf(request.User), 1), cancellationToken)
                .Where(interaction => interaction.UserId == request.User && erasure?.Covers(interaction) != true)
                .ToListAsync(cancellationToken);
            var quarantined = await quarantine
                .ListAsync(includeSettled: true, cancellationToken)
                .Where(record => record.UserId == request.User)
                .ToListAsync(cancellationToken);
            var list = await lists.FindAsync(request.User, cancellationToken);
            var known = await attributes.FindAsync(request.User, cancellationToken);
            var kept = interactions.Count + quarantined.Count + known.Count;
            var isKept = !profile.IsEmpty || list is not null || kept > 0;
            if (!isKept)
                throw RefusedException.Missing($"Nothing is kept of user '{request.User}': never seen, or erased.");
            return new ExportedUser(profile.IsEmpty ? null : memory, list, interactions, quarantined)
            {
                Attributes = known,
            };
        }
    }
}

/// <summary>What is kept of a user.</summary>
/// <param name="Memory">Profile and history; null where there is no profile.</param>
/// <param name="List">The stored list; null where there is none.</param>
/// <param name="Interactions">The events of the log.</param>
/// <param name="Quarantined">The rejected records.</param>
public sealed record ExportedUser(
    UserMemory? Memory,
    RecommendationList? List,
    IReadOnlyList<Interaction> Interactions,
    IReadOnlyList<QuarantinedRecord> Quarantined
)
{
    /// <summary>The user's attributes by name.</summary>
    public required IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; }
}
