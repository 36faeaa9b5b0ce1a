using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Applies a batch of the log into the profiles: one read and one write per user, however many events. What it could
/// not save it names by position; delivering the whole batch again is always safe.
/// </summary>
/// <param name="Interactions">Valid interactions in log order.</param>
/// <param name="Rejected">The records of the batch that are none.</param>
/// <param name="Checkpoint">How far the log is applied if all goes well; null where somebody else keeps count.</param>
public sealed record UpdateProfiles(
    IReadOnlyList<Interaction> Interactions,
    IReadOnlyList<QuarantinedRecord> Rejected,
    Position? Checkpoint = null
) : IRequest<UpdatedProfiles>
{
    /// <summary>How often a profile that somebody else changed is loaded and folded again.</summary>
    public const int ConflictRetries = 3;

    /// <summary>How many rejected records are handed to the quarantine in one call.</summary>
    public const int QuarantinedAtOnce = 500;

    internal sealed class Validator : AbstractValidator<UpdateProfiles>
    {
        public Validator() =>
            RuleForEach(request => request.Interactions)
                .Must(interaction => interaction.Position.IsAssigned)
                .WithMessage("An interaction has no position: profiles apply what is in the log.");
    }

    internal sealed class Handler(
        IProfileStore profiles,
        IHistoryStore histories,
        IQuarantine quarantine,
        ErasedRecords erased,
        ProfilePolicy policy,
        UpdateGroups groups,
        TimeProvider time
    ) : IRequestHandler<UpdateProfiles, UpdatedProfiles>
    {
        public async Task<UpdatedProfiles> Handle(UpdateProfiles request, CancellationToken cancellationToken)
        {
            var batch = new BatchUpdate(request.Checkpoint);
            batch.Reject(request.Rejected);
            var users = UpdateGroups.ByUser(request.Interactions);
            var size = groups.Size;
            // One group, unless the store was too slow for so many users before.
            foreach (var group in users.Chunk(size))
                await ApplyGroupAsync(new(group), batch, isOnly: users.Count <= size, cancellationToken);
            groups.Learn(batch.ProfilesSettled, batch.IsPostponed, Math.Min(size, users.Count));
            // After the saves: whatever is rejected, and however much, must not hold up what is valid.
            await QuarantineAsync(batch, cancellationToken);
            await AdvanceAsync(batch, cancellationToken);
            return batch.ToResult(request, time.GetUtcNow());
        }

        private async Task ApplyGroupAsync(
            Dictionary<UserId, List<Interaction>> pending,
            BatchUpdate batch,
            bool isOnly,
            CancellationToken cancellationToken
        )
        {
            var writes = new HistoryWrites(histories);
            for (var attempt = 0; pending.Count > 0 && attempt <= ConflictRetries; attempt++)
                pending = await ApplyAsync(pending, batch, writes, isOnly, cancellationToken);
            await writes.CleanUpAsync(profiles, cancellationToken);
            foreach (var conflicting in pending.Values)
                batch.Fail(
                    conflicting,
                    $"The profile kept changing: {ConflictRetries + 1} saves in a row met another version."
                );
        }

        /// <returns>The users whose save met another version.</returns>
        private async Task<Dictionary<UserId, List<Interaction>>> ApplyAsync(
            Dictionary<UserId, List<Interaction>> pending,
            BatchUpdate batch,
            HistoryWrites writes,
            bool isOnly,
            CancellationToken cancellationToken
        )
        {
            var conflicts = new Dictionary<UserId, List<Interaction>>();
            List<Change>? changed = null;
            try
            {
                var loaded = await profiles.LoadAsync(pending.Keys, cancellationToken);
                writes.Settle(loaded);
                changed = Fold(pending, loaded, batch, out var erased);
                // A writer that died between a history and its profile left what nobody names; its events come again,
                // and so it is found.
                foreach (var profile in erased)
                    await histories.SweepAsync(profile.UserId, profile.Version, profile.HistoryKey, cancellationToken);
                changed = await CompactAsync(changed, conflicts, batch, writes, cancellationToken);
                if (changed.Count == 0)
                    return conflicts;
                // The checkpoint goes with the save that settles the last of the batch.
                var checkpoint = isOnly && conflicts.Count == 0 ? batch.CheckpointToSave : null;
                var outcomes = await profiles.SaveAsync(
                    [.. changed.Select(change => change.After.Profile)], checkpoint, cancellationToken);
                for (var i = 0; i < outcomes.Count; i++)
                {
                    writes.Ended(changed[i].Before.UserId, outcomes[i].Status);
                    if (Settle(changed[i], outcomes[i], batch) == SaveStatus.Conflict)
                        conflicts.Add(changed[i].Before.UserId, changed[i].Interactions);
                }
                if (checkpoint is not null)
                    batch.SavedAllOf(outcomes);
            }
            catch (Exception problem) when (problem is UnavailableException or OperationCanceledException)
            {
                foreach (var interactions in Unsettled(pending, changed).Concat(conflicts.Values))
                    batch.Fail(interactions, problem);
                return [];
            }
            return conflicts;
        }

        private List<Change> Fold(
            Dictionary<UserId, List<Interaction>> pending,
            IReadOnlyDictionary<UserId, UserProfile> loaded,
            BatchUpdate batch,
            out List<UserProfile> erased
        )
        {
            var changed = new List<Change>(pending.Count);
            erased = [];
            foreach (var (user, interactions) in pending)
            {
                var before = loaded.TryGetValue(user, out var stored) ? stored : UserProfile.New(user);
                var applied = before.Apply(interactions, policy);
                if (applied.Erased > 0)
                    erased.Add(before);
                if (ReferenceEquals(applied.Profile, before))
                    batch.Unchanged(applied);
                else
                    changed.Add(new Change(before, interactions, applied));
            }
            return changed;
        }

        /// <summary>Stores the histories of the profiles that have too much pending.</summary>
        /// <returns>The changes that can be saved now. Users whose history's name was taken are
        /// added to the conflicts.</returns>
        private async Task<List<Change>> CompactAsync(
            List<Change> changed,
            Dictionary<UserId, List<Interaction>> conflicts,
            BatchUpdate batch,
            HistoryWrites writes,
            CancellationToken cancellationToken
        )
        {
            if (!changed.Exists(change => change.After.NeedsCompaction))
                return changed;
            var written = await writes.CompactAsync(
                [.. changed.Where(change => change.After.NeedsCompaction).Select(change => change.After.Profile)],
                cancellationToken
            );
            var ready = new List<Change>(changed.Count);
            foreach (var change in changed)
            {
                if (written.GetValueOrDefault(change.Before.UserId) is not { } write)
                    ready.Add(change);
                else if (write.Outcome.Status == SaveStatus.Saved)
                    ready.Add(change with { After = change.After with { Profile = write.Profile } });
                else if (Settle(change, write.Outcome, batch) == SaveStatus.Conflict)
                    conflicts.Add(change.Before.UserId, change.Interactions);
            }
            return ready;
        }

        private SaveStatus Settle(Change change, SaveOutcome outcome, BatchUpdate batch)
        {
            switch (outcome.Status)
            {
                case SaveStatus.Saved:
                    batch.Saved(change.After);
                    break;
                case SaveStatus.Conflict:
                    batch.Conflict();
                    break;
                case SaveStatus.Refused:
                    RefusedProfile.Reject(change.Before, change.Interactions, outcome.Reason, policy, batch);
                    break;
                default:
                    batch.Fail(
                        change.Interactions,
                        outcome.Reason ?? "The profile could not be saved.",
                        outcome.Status == SaveStatus.Postponed
                    );
                    break;
            }
            return outcome.Status;
        }

        private async Task QuarantineAsync(BatchUpdate batch, CancellationToken cancellationToken)
        {
            // In chunks, so that a batch that is stopped has not to begin anew: each chunk that is kept is settled.
            while (batch.NextRejected(QuarantinedAtOnce) is { Count: > 0 } records)
            {
                try
                {
                    var left = await erased.LeaveOutAsync(records, cancellationToken);
                    if (left.Count > 0)
                        await quarantine.AddAsync(left, cancellationToken);
                    batch.Quarantined(left, records.Count - left.Count);
                }
                catch (Exception problem) when (problem is UnavailableException or OperationCanceledException)
                {
                    batch.FailRejected(records, BatchUpdate.ReasonOf(problem));
                }
            }
        }

        /// <summary>
        /// Moves the checkpoint where the saves did not: nothing to save, or a refused profile that
        /// is in quarantine now.
        /// </summary>
        private async Task AdvanceAsync(BatchUpdate batch, CancellationToken cancellationToken)
        {
            if (batch.CheckpointToSave is { } checkpoint)
                await profiles.SaveAsync([], checkpoint, cancellationToken);
        }

        private static IEnumerable<List<Interaction>> Unsettled(
            Dictionary<UserId, List<Interaction>> pending, List<Change>? changed) =>
            changed is null ? pending.Values : changed.Select(change => change.Interactions);

        /// <summary>A profile that the interactions change.</summary>
        private sealed record Change(UserProfile Before, List<Interaction> Interactions, ApplyResult After);
    }
}
