using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Makes the profiles anew from the log: after a batch was given up, a table was lost, or the counting rules changed. A
/// profile is replaced only if the log holds all that the profile has applied, and only if nobody saved it meanwhile.
/// </summary>
/// <param name="UsersAtOnce">How many users are held in memory; the log is read once for each such group.</param>
/// <param name="Progress">Told the number of users done so far.</param>
public sealed record RebuildProfiles(int UsersAtOnce = 100_000, IProgress<long>? Progress = null)
    : IRequest<RebuiltProfiles>
{
    internal sealed class Validator : AbstractValidator<RebuildProfiles>
    {
        public Validator() =>
            RuleFor(request => request.UsersAtOnce).GreaterThan(0).WithMessage("Hold at least one user at once.");
    }

    internal sealed class Handler(IUserLog log, IProfileStore profiles, IHistoryStore histories, ProfilePolicy policy)
        : IRequestHandler<RebuildProfiles, RebuiltProfiles>
    {
        private const int ChunkSize = 4096;

        public async Task<RebuiltProfiles> Handle(RebuildProfiles request, CancellationToken cancellationToken)
        {
            var total = new RebuiltProfiles(0, 0, 0, 0);
            for (
                var (part, count, next) = (0, 1, 0);
                part < log.Parts;
                (part, count) = (next, Room(request, total, next))
            )
            {
                next = Math.Min(log.Parts, part + count);
                total = await RebuildAsync(new LogParts(part, next - part), request, total, cancellationToken);
            }
            return total;
        }

        /// <summary>How many parts hold about as many users as may be held; a few more are done in turns.</summary>
        private static int Room(RebuildProfiles request, RebuiltProfiles total, int parts) =>
            (int)Math.Clamp(request.UsersAtOnce * 0.9 * parts / Math.Max(1, total.Users), 1, int.MaxValue / 2);

        private async Task<RebuiltProfiles> RebuildAsync(
            LogParts parts, RebuildProfiles request, RebuiltProfiles total, CancellationToken cancellationToken)
        {
            var done = new HashSet<UserId>();
            for (var more = true; more;)
            {
                (var group, more) = await FoldAsync(parts, done, request.UsersAtOnce, cancellationToken);
                total += await SaveAsync(group, cancellationToken);
                done.UnionWith(group.Keys);
                request.Progress?.Report(total.Users);
            }
            return total;
        }

        /// <summary>
        /// Reads parts of the log from their beginning and folds the next users who are not done yet.
        /// </summary>
        private async Task<(Dictionary<UserId, Candidate> Group, bool More)> FoldAsync(
            LogParts parts, HashSet<UserId> done, int limit, CancellationToken cancellationToken)
        {
            var group = new Dictionary<UserId, Candidate>();
            var more = false;
            await foreach (
                var chunk in log.ReadAsync(parts, cancellationToken).ChunkAsync(ChunkSize, cancellationToken)
            )
            {
                var wanted = chunk
                    .Where(interaction => !done.Contains(interaction.UserId))
                    .ToLookup(interaction => interaction.UserId);
                var unknown = wanted.Select(user => user.Key).Where(user => !group.ContainsKey(user)).ToList();
                var room = unknown.Take(limit - group.Count).ToList();
                more |= room.Count < unknown.Count;
                var stored = await profiles.LoadAsync(room, cancellationToken);
                foreach (var user in room)
                    group.Add(user, new Candidate(stored.GetValueOrDefault(user) ?? UserProfile.New(user)));
                foreach (var interactions in wanted)
                    group.GetValueOrDefault(interactions.Key)?.Apply([.. interactions], policy);
            }
            return (group, more);
        }

        private async Task<RebuiltProfiles> SaveAsync(
            Dictionary<UserId, Candidate> group,
            CancellationToken cancellationToken
        )
        {
            var (written, behind) = (0, group.Values.Count(candidate => !candidate.CoversStored));
            foreach (var chunk in group.Values.Where(candidate => candidate.CoversStored).Chunk(ChunkSize))
            {
                var outcomes = await SaveAsync(chunk, cancellationToken);
                foreach (
                    var outcome in outcomes.Where(outcome =>
                        outcome.Status is SaveStatus.Failed or SaveStatus.Refused or SaveStatus.Postponed
                    )
                )
                    throw new StoreUnavailableException(
                        $"The rebuild stopped: {outcome.Reason ?? "A profile could not be saved."} What is rebuilt "
                            + "stays; ask again for the rest."
                    );
                written += outcomes.Count(outcome => outcome.Status == SaveStatus.Saved);
                behind += outcomes.Count(outcome => outcome.Status == SaveStatus.Conflict);
            }
            return new RebuiltProfiles(group.Count, written, group.Count - written - behind, behind);
        }

        /// <summary>Saves those of the chunk that changed, each history before the profile that names it.</summary>
        private async Task<List<SaveOutcome>> SaveAsync(Candidate[] chunk, CancellationToken cancellationToken)
        {
            var writes = new HistoryWrites(histories);
            var stored = await writes.LoadAsync(chunk.Select(candidate => candidate.Stored), cancellationToken);
            var changed = chunk
                .Where(candidate => candidate.IsChangedFrom(stored.GetValueOrDefault(candidate.Stored.UserId)))
                .ToList();
            var compact = changed.FindAll(candidate => candidate.NeedsHistory(policy));
            var put = await writes.PutAsync(
                [.. compact.Select(candidate => (candidate.Rebuilt, candidate.Remembered))],
                cancellationToken
            );
            var outcomes = put
                .Values.Where(write => write.Outcome.Status != SaveStatus.Saved)
                .Select(write => write.Outcome)
                .ToList();
            var saved = new List<UserProfile>(changed.Count);
            foreach (var candidate in changed)
            {
                if (put.GetValueOrDefault(candidate.Stored.UserId) is not { } write)
                    writes.Drop(candidate.Stored);
                else if (write.Outcome.Status != SaveStatus.Saved)
                    continue;
                saved.Add(
                    put.GetValueOrDefault(candidate.Stored.UserId)?.Profile
                        ?? candidate.Rebuilt with
                        {
                            HistoryKey = null,
                        }
                );
            }
            if (saved.Count > 0)
                outcomes.AddRange(await SaveAsync(saved, writes, cancellationToken));
            await writes.CleanUpAsync(profiles, cancellationToken);
            return outcomes;
        }

        private async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
            List<UserProfile> rebuilt,
            HistoryWrites writes,
            CancellationToken cancellationToken
        )
        {
            var outcomes = await profiles.SaveAsync(rebuilt, checkpoint: null, cancellationToken);
            for (var i = 0; i < outcomes.Count; i++)
                writes.Ended(rebuilt[i].UserId, outcomes[i].Status);
            return outcomes;
        }
    }

    /// <summary>A profile that is being folded anew, beside the stored one.</summary>
    private sealed class Candidate(UserProfile stored)
    {
        /// <summary>
        /// How much is held back before it is folded: enough to fold seldom, and little to hold for each of many users.
        /// </summary>
        private const int MaximumPending = 256;

        // Packed, since it is held for every user of a group.
        private byte[]? _history;

        internal UserProfile Stored => stored;

        /// <summary>
        /// A tombstone keeps its marks, which guard what it counted once even where clocks differ; all else starts from
        /// nothing. It carries the key of the stored history, which it replaces, and links: the log does not hold them.
        /// </summary>
        internal UserProfile Rebuilt { get; private set; } =
            stored.IsEmpty
                ? stored
                : UserProfile.New(stored.UserId) with
                {
                    Version = stored.Version,
                    Erasure = stored.Erasure,
                    Marks = stored.Erasure?.Marks ?? [],
                    HistoryKey = stored.HistoryKey,
                    MergedInto = stored.MergedInto,
                    MergedUsers = stored.MergedUsers,
                };

        /// <summary>All that is not among the newest interactions.</summary>
        internal StoredHistory Remembered => History.With(Rebuilt.Pending);

        /// <summary>
        /// Whether the log has passed every mark of the stored profile; else it would lose what is not in the log yet.
        /// </summary>
        internal bool CoversStored => stored.Marks.All(mark => Rebuilt.Marks.Any(rebuilt =>
            string.Equals(rebuilt.Partition, mark.Partition, StringComparison.Ordinal)
            && rebuilt.Covers(new Position(mark.Partition, mark.Sequence, mark.Index))));

        private StoredHistory History => _history is null ? StoredHistory.Empty : HistoryCodec.Read(_history);

        internal bool NeedsHistory(ProfilePolicy policy) =>
            _history is not null || Rebuilt.Pending.Count > policy.PendingLimit;

        /// <param name="history">The history that the stored profile names; null where it names none, or
        /// where that is lost.</param>
        internal bool IsChangedFrom(StoredHistory? history) =>
            stored.MissesHistory
            || (history is null && stored.HistoryKey is not null)
            || Rebuilt.InteractionCount != stored.InteractionCount
            || Rebuilt.FirstInteraction != stored.FirstInteraction
            || !Rebuilt.Counts.SequenceEqual(stored.Counts)
            || !Rebuilt.Recent.SequenceEqual(stored.Recent)
            || !Rebuilt.Marks.SequenceEqual(stored.Marks)
            || !Rebuilt.EventIds.SequenceEqual(stored.EventIds)
            || Remembered != (history ?? StoredHistory.Empty).With(stored.Pending);

        internal void Apply(IReadOnlyList<Interaction> interactions, ProfilePolicy policy)
        {
            Rebuilt = Rebuilt.Apply(interactions, policy).Profile;
            if (Rebuilt.Pending.Count <= MaximumPending)
                return;
            _history = HistoryCodec.Write(Remembered);
            Rebuilt = Rebuilt with { Pending = PendingInteractions.None };
        }
    }
}

/// <summary>What a rebuild did.</summary>
/// <param name="Users">Users with interactions in the log.</param>
/// <param name="Written">Profiles replaced.</param>
/// <param name="Unchanged">Profiles that were right already.</param>
/// <param name="Behind">Profiles left alone, since they have applied what the log did not show or changed meanwhile;
/// ask again for them.</param>
public sealed record RebuiltProfiles(int Users, int Written, int Unchanged, int Behind)
{
    public static RebuiltProfiles operator +(RebuiltProfiles left, RebuiltProfiles right) =>
        new(
            left.Users + right.Users,
            left.Written + right.Written,
            left.Unchanged + right.Unchanged,
            left.Behind + right.Behind
        );

    public static RebuiltProfiles Add(RebuiltProfiles left, RebuiltProfiles right) => left + right;
}
