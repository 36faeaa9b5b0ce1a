using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Batches;

/// <summary>What became of a chunk of a segment's users.</summary>
internal readonly record struct ChunkOutcome(BatchCounts Counts, int Recommendations, string? FirstError);

/// <summary>Loads, ranks and saves one chunk of users; every user ends as ranked, fallback, failed or skipped.</summary>
internal sealed class SegmentRanking(
    IProfileStore profiles, IRecommendationStore lists, IRanker ranker, RecommendationOptions options, TimeProvider time)
{
    internal async Task<ChunkOutcome> RankAsync(
        BatchRun run, IReadOnlyList<UserId> users, IReadOnlySet<ItemId> unavailable, CancellationToken cancellationToken)
    {
        try
        {
            var loaded = await profiles.LoadAsync(users, cancellationToken);
            var active = users.Select(user => loaded.GetValueOrDefault(user))
                .OfType<UserProfile>().Where(profile => profile.IsActiveSince(run.Cutoff)).ToList();
            var skipped = new ChunkOutcome(new BatchCounts(0, 0, 0, users.Count - active.Count), 0, null);
            return active.Count == 0 ? skipped : Sum(skipped, await RankActiveAsync(run, active, unavailable, cancellationToken));
        }
        catch (UnavailableException problem)
        {
            // These users keep the lists they had. The others of the segment are not theirs to lose.
            return new ChunkOutcome(new BatchCounts(0, 0, users.Count, 0), 0, problem.Message);
        }
    }

    private async Task<ChunkOutcome> RankActiveAsync(
        BatchRun run, List<UserProfile> active, IReadOnlySet<ItemId> unavailable, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        RankedUsers answer;
        try
        {
            answer = await ranker.RankAsync(new RankUsers(
                [.. active.Select(profile => new RankUser(profile.UserId, profile.Recent, options.StoredItems, unavailable, options.AllowRepeats))],
                run.ModelVersion, run.StartedAt), cancellationToken);
        }
        catch (RankerUnavailableException problem)
        {
            return new ChunkOutcome(new BatchCounts(0, 0, active.Count, 0), 0, problem.Message);
        }
        Telemetry.RankingDuration.Record(time.GetElapsedTime(started).TotalMilliseconds);

        var made = new List<RecommendationList>(active.Count);
        var failed = new ChunkOutcome();
        for (var i = 0; i < active.Count; i++)
        {
            if (answer.Rankings[i] is { Kind: RankingKind.Failed } failure)
                failed = Sum(failed, new ChunkOutcome(new BatchCounts(0, 0, 1, 0), 0, failure.Error ?? "The ranker failed for a user."));
            else
                made.Add(ListOf(run, active[i], answer.Rankings[i], answer.Model));
        }
        return Sum(failed, await SaveAsync(made, cancellationToken));
    }

    private static RecommendationList ListOf(BatchRun run, UserProfile profile, Ranking ranking, Domain.Models.ModelVersion? model) => new()
    {
        UserId = profile.UserId,
        Items = ranking.Items,
        Source = ranking.Kind == RankingKind.Popular ? ListSource.Popular : ListSource.Batch,
        // The run's start, not the clock: a segment that is ranked again gives the same list.
        UpdatedAt = run.StartedAt,
        ModelVersion = model,
        RunId = run.Id,
        ProfileVersion = profile.Version,
    };

    private async Task<ChunkOutcome> SaveAsync(List<RecommendationList> made, CancellationToken cancellationToken)
    {
        if (made.Count == 0)
            return default;
        var outcomes = await lists.SaveAsync(made, cancellationToken);
        var erased = await RemoveErasedAsync(made, cancellationToken);
        var total = new ChunkOutcome();
        for (var i = 0; i < made.Count; i++)
            total = Sum(total, OutcomeOf(made[i], outcomes[i], erased));
        return total;
    }

    private static ChunkOutcome OutcomeOf(RecommendationList list, SaveOutcome outcome, HashSet<UserId> erased)
    {
        if (erased.Contains(list.UserId))
            return new ChunkOutcome(new BatchCounts(0, 0, 0, 1), 0, null);
        if (outcome.Status != SaveStatus.Saved)
            return new ChunkOutcome(new BatchCounts(0, 0, 1, 0), 0, outcome.Reason ?? "A list could not be saved.");
        return list.Source == ListSource.Popular
            ? new ChunkOutcome(new BatchCounts(0, 1, 0, 0), list.Items.Count, null)
            : new ChunkOutcome(new BatchCounts(1, 0, 0, 0), list.Items.Count, null);
    }

    /// <summary>A user may have been erased between the load and the save: the list must not outlive the profile.</summary>
    private async Task<HashSet<UserId>> RemoveErasedAsync(List<RecommendationList> saved, CancellationToken cancellationToken)
    {
        var now = await profiles.LoadAsync([.. saved.Select(list => list.UserId)], cancellationToken);
        var erased = saved.Select(list => list.UserId)
            .Where(user => now.GetValueOrDefault(user) is null or { IsEmpty: true }).ToHashSet();
        foreach (var user in erased)
            await lists.ForgetAsync(user, cancellationToken);
        return erased;
    }

    private static ChunkOutcome Sum(ChunkOutcome left, ChunkOutcome right) =>
        new(left.Counts + right.Counts, left.Recommendations + right.Recommendations, left.FirstError ?? right.FirstError);
}
