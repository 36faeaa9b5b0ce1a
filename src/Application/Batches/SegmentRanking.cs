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
        var (made, outcome) = await MakeAsync(run, users, unavailable, cancellationToken);
        return made.Count == 0 ? outcome : Sum(outcome, await SaveAsync(made, cancellationToken));
    }

    private async Task<(List<RecommendationList> Made, ChunkOutcome Others)> MakeAsync(
        BatchRun run, IReadOnlyList<UserId> users, IReadOnlySet<ItemId> unavailable, CancellationToken cancellationToken)
    {
        try
        {
            // An earlier attempt at the segment may have died after it saved a list and before it saw the erasure.
            var loaded = await profiles.LoadAsync(users, cancellationToken);
            await RemoveErasedAsync(users, loaded, cancellationToken);
            var active = users.Select(user => loaded.GetValueOrDefault(user))
                .OfType<UserProfile>().Where(profile => profile.IsActiveSince(run.Cutoff)).ToList();
            var skipped = new ChunkOutcome(new BatchCounts(0, 0, 0, users.Count - active.Count), 0, null);
            if (active.Count == 0)
                return ([], skipped);
            var (made, failed) = await RankActiveAsync(run, active, unavailable, cancellationToken);
            return (made, Sum(skipped, failed));
        }
        catch (UnavailableException problem)
        {
            // These users keep the lists they had. The others of the segment are not theirs to lose.
            return ([], new ChunkOutcome(new BatchCounts(0, 0, users.Count, 0), 0, problem.Message));
        }
    }

    private async Task<(List<RecommendationList> Made, ChunkOutcome Failed)> RankActiveAsync(
        BatchRun run, List<UserProfile> active, IReadOnlySet<ItemId> unavailable, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        RankedUsers answer;
        try
        {
            answer = await ranker.RankAsync(new RankUsers(
                [.. active.Select(profile => QueryOf(run, profile, unavailable))],
                run.ModelVersion, run.StartedAt), cancellationToken);
        }
        catch (RankerUnavailableException problem)
        {
            return ([], new ChunkOutcome(new BatchCounts(0, 0, active.Count, 0), 0, problem.Message));
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
        return (made, failed);
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

    /// <summary>A run that began without a model asks for the popular items, so that one trained meanwhile does not rank half of the users.</summary>
    private RankUser QueryOf(BatchRun run, UserProfile profile, IReadOnlySet<ItemId> unavailable)
    {
        if (run.ModelVersion is not null)
            return new RankUser(profile.UserId, profile.Recent, options.StoredItems, unavailable, options.AllowRepeats);
        var seen = options.HiddenItems(profile.Recent);
        return new RankUser(profile.UserId, [], options.StoredItems, unavailable.Union(seen).ToHashSet(), options.AllowRepeats);
    }

    private async Task<ChunkOutcome> SaveAsync(List<RecommendationList> made, CancellationToken cancellationToken)
    {
        IReadOnlyList<SaveOutcome> outcomes;
        try
        {
            outcomes = await lists.SaveAsync(made, cancellationToken);
        }
        catch (UnavailableException problem)
        {
            outcomes = [.. made.Select(_ => SaveOutcome.Failed(problem.Message))];
        }

        // A user may have been erased between the load and the save: the list must not outlive the profile. What stops this
        // check stops the segment: without a result it is ranked again, and looked at once more.
        var users = made.ConvertAll(list => list.UserId);
        var erased = await RemoveErasedAsync(users, await profiles.LoadAsync(users, cancellationToken), cancellationToken);
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

    private async Task<HashSet<UserId>> RemoveErasedAsync(
        IReadOnlyList<UserId> users, IReadOnlyDictionary<UserId, UserProfile> now, CancellationToken cancellationToken)
    {
        var erased = users.Where(user => now.GetValueOrDefault(user) is null or { IsEmpty: true }).ToHashSet();
        foreach (var user in erased)
            await lists.ForgetAsync(user, cancellationToken);
        return erased;
    }

    private static ChunkOutcome Sum(ChunkOutcome left, ChunkOutcome right) =>
        new(left.Counts + right.Counts, left.Recommendations + right.Recommendations, left.FirstError ?? right.FirstError);
}
