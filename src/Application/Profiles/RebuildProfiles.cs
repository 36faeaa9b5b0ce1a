using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Makes the profiles anew from the log: after a batch was given up, a table was lost, or the counting rules changed. A profile
/// is replaced only if the log holds all that the profile has absorbed, and only if nobody saved it meanwhile.
/// </summary>
/// <param name="UsersAtOnce">How many users are held in memory; the log is read once for each such group.</param>
/// <param name="Progress">Told the number of users done so far.</param>
public sealed record RebuildProfiles(int UsersAtOnce = 100_000, IProgress<long>? Progress = null) : IRequest<RebuiltProfiles>
{
    internal sealed class Validator : AbstractValidator<RebuildProfiles>
    {
        public Validator() => RuleFor(request => request.UsersAtOnce).GreaterThan(0).WithMessage("Hold at least one user at once.");
    }

    internal sealed class Handler(IInteractionLog log, IProfileStore profiles, ProfilePolicy policy) : IRequestHandler<RebuildProfiles, RebuiltProfiles>
    {
        private const int ChunkSize = 4096;

        public async Task<RebuiltProfiles> Handle(RebuildProfiles request, CancellationToken cancellationToken)
        {
            var done = new HashSet<UserId>();
            var total = new RebuiltProfiles(0, 0, 0, 0);
            for (var more = true; more;)
            {
                (var group, more) = await FoldAsync(done, request.UsersAtOnce, cancellationToken);
                total += await SaveAsync(group, cancellationToken);
                done.UnionWith(group.Keys);
                request.Progress?.Report(done.Count);
            }
            return total;
        }

        /// <summary>Reads the log from its beginning and folds the next users who are not done yet.</summary>
        private async Task<(Dictionary<UserId, Candidate> Group, bool More)> FoldAsync(
            HashSet<UserId> done, int limit, CancellationToken cancellationToken)
        {
            var group = new Dictionary<UserId, Candidate>();
            var more = false;
            await foreach (var chunk in log.ReadAsync(after: null, cancellationToken).ChunkAsync(ChunkSize, cancellationToken))
            {
                var wanted = chunk.Where(interaction => !done.Contains(interaction.UserId)).ToLookup(interaction => interaction.UserId);
                var unknown = wanted.Select(user => user.Key).Where(user => !group.ContainsKey(user)).ToList();
                var room = unknown.Take(limit - group.Count).ToList();
                more |= room.Count < unknown.Count;
                var stored = await profiles.LoadAsync(room, cancellationToken);
                foreach (var user in room)
                    group.Add(user, new Candidate(stored.GetValueOrDefault(user) ?? UserProfile.New(user)));
                foreach (var interactions in wanted)
                    group.GetValueOrDefault(interactions.Key)?.Absorb([.. interactions], policy);
            }
            return (group, more);
        }

        private async Task<RebuiltProfiles> SaveAsync(Dictionary<UserId, Candidate> group, CancellationToken cancellationToken)
        {
            var behind = group.Values.Count(candidate => !candidate.CoversStored);
            var changed = group.Values.Where(candidate => candidate is { CoversStored: true, IsChanged: true }).Select(candidate => candidate.Rebuilt).ToList();
            var written = 0;
            foreach (var chunk in changed.Chunk(ChunkSize))
            {
                var outcomes = await profiles.SaveAsync(chunk, checkpoint: null, cancellationToken);
                foreach (var outcome in outcomes.Where(outcome => outcome.Status is SaveStatus.Failed or SaveStatus.Refused))
                    throw new StoreUnavailableException(
                        $"The rebuild stopped: {outcome.Reason ?? "A profile could not be saved."} What is rebuilt stays; ask again for the rest.");
                written += outcomes.Count(outcome => outcome.Status == SaveStatus.Saved);
                behind += outcomes.Count(outcome => outcome.Status == SaveStatus.Conflict);
            }
            return new RebuiltProfiles(group.Count, written, group.Count - written - behind, behind);
        }
    }

    /// <summary>A profile that is being folded anew, beside the stored one.</summary>
    private sealed class Candidate(UserProfile stored)
    {
        /// <summary>A tombstone keeps its marks, which guard what it counted once even where clocks differ; all else starts from nothing.</summary>
        internal UserProfile Rebuilt { get; private set; } = stored.IsEmpty
            ? stored
            : UserProfile.New(stored.UserId) with { Version = stored.Version, ErasedAt = stored.ErasedAt };

        /// <summary>Whether the log has passed every mark of the stored profile; else it would lose what is not in the log yet.</summary>
        internal bool CoversStored => stored.Marks.All(mark => Rebuilt.Marks.Any(rebuilt =>
            string.Equals(rebuilt.Partition, mark.Partition, StringComparison.Ordinal)
            && rebuilt.Covers(new Position(mark.Partition, mark.Sequence, mark.Index))));

        internal bool IsChanged =>
            Rebuilt.InteractionCount != stored.InteractionCount || Rebuilt.FirstInteraction != stored.FirstInteraction
            || !Rebuilt.Counts.SequenceEqual(stored.Counts) || !Rebuilt.Recent.SequenceEqual(stored.Recent)
            || !Rebuilt.Marks.SequenceEqual(stored.Marks) || !Rebuilt.EventIds.SequenceEqual(stored.EventIds);

        internal void Absorb(IReadOnlyList<Interaction> interactions, ProfilePolicy policy) =>
            Rebuilt = Rebuilt.Absorb(interactions, policy).Profile;
    }
}

/// <summary>What a rebuild did.</summary>
/// <param name="Users">Users with interactions in the log.</param>
/// <param name="Written">Profiles replaced.</param>
/// <param name="Unchanged">Profiles that were right already.</param>
/// <param name="Behind">Profiles left alone, since they have absorbed what the log did not show or changed meanwhile; ask again for them.</param>
public sealed record RebuiltProfiles(int Users, int Written, int Unchanged, int Behind)
{
    public static RebuiltProfiles operator +(RebuiltProfiles left, RebuiltProfiles right) => new(
        left.Users + right.Users, left.Written + right.Written, left.Unchanged + right.Unchanged, left.Behind + right.Behind);

    public static RebuiltProfiles Add(RebuiltProfiles left, RebuiltProfiles right) => left + right;
}
