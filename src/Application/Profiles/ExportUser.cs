using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Everything that is kept of a user and of merged ids, wherever it is. Reads the parts of the log that they are in.
/// </summary>
public sealed record ExportUser(UserId User) : IRequest<ExportedUser>
{
    internal sealed class Handler(
        UserMemories memories,
        IProfileStore profiles,
        IRecommendationStore lists,
        IUserLog log,
        IQuarantine quarantine,
        IUserAttributes attributes
    ) : IRequestHandler<ExportUser, ExportedUser>
    {
        public async Task<ExportedUser> Handle(ExportUser request, CancellationToken cancellationToken)
        {
            var memory = await memories.FindAsync(request.User, cancellationToken);
            UserId[] ids = [request.User, .. memory.MergedWith];
            var interactions = await ReadAsync(ids, cancellationToken);
            var quarantined = await quarantine
                .ListAsync(includeSettled: true, cancellationToken)
                .Where(record => record.UserId is { } user && ids.Contains(user))
                .ToListAsync(cancellationToken);
            var list = await lists.FindAsync(request.User, cancellationToken);
            var known = await FindAttributesAsync(ids, cancellationToken);
            var kept = interactions.Count + quarantined.Count + known.Count;
            var isKept = !memory.Profile.IsEmpty || list is not null || kept > 0;
            if (!isKept)
                throw RefusedException.Missing($"Nothing is kept of user '{request.User}': never seen, or erased.");
            return new ExportedUser(memory.Profile.IsEmpty ? null : memory, list, interactions, quarantined)
            {
                Attributes = known,
            };
        }

        private async Task<List<Interaction>> ReadAsync(UserId[] ids, CancellationToken cancellationToken)
        {
            var stored = await profiles.LoadAsync(ids, cancellationToken);
            var interactions = new List<Interaction>();
            foreach (var id in ids)
            {
                var erasure = stored.GetValueOrDefault(id)?.Erasure;
                interactions.AddRange(
                    await log.ReadAsync(new LogParts(log.PartOf(id), 1), cancellationToken)
                        .Where(interaction => interaction.UserId == id && erasure?.Covers(interaction) != true)
                        .ToListAsync(cancellationToken));
            }
            return interactions;
        }

        /// <summary>Those of the named user, and what only merged ids have.</summary>
        private async Task<Dictionary<string, AttributeValue>> FindAttributesAsync(
            UserId[] ids, CancellationToken cancellationToken)
        {
            var known = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
            foreach (var id in ids)
            {
                foreach (var (name, value) in await attributes.FindAsync(id, cancellationToken))
                    known.TryAdd(name, value);
            }
            return known;
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
