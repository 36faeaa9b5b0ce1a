using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Batches;

/// <summary>What became of a chunk of a segment's users.</summary>
internal readonly record struct ChunkOutcome(BatchCounts Counts, int Recommendations, string? FirstError);

/// <summary>Loads, ranks and saves one chunk of users; every user ends as ranked, fallback, failed or skipped.</summary>
internal sealed class SegmentRanking(
    IProfileStore profiles, UserMemories memories, IRecommendationStore lists, RetrievalPipeline pipeline, RecommendationOptions options,
    TimeProvider time)
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
            var loaded = await memories.LoadAsync(users, cancellationToken);
            await RemoveErasedAsync(users, user => loaded.GetValueOrDefault(user)?.Profile is null or { IsEmpty: true }, cancellationToken);
            var active = users.Select(user => loaded.GetValueOrDefault(user))
                .OfType<UserMemory>().Where(memory => memory.Profile.IsActiveSince(run.Cutoff)).ToList();
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
        BatchRun run, List<UserMemory> active, IReadOnlySet<ItemId> unavailable, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var retrievals = active.ConvertAll(memory => new ListRetrieval(
            QueryOf(run, memory, unavailable), options.StoredItems, Eligibility.Of(memory, unavailable, options, ListFilter.None)));
        ModelVersion? model;
        try
        {
            model = await pipeline.RetrieveAsync(
                retrievals, new RetrievalContext(run.ModelVersion, run.StartedAt, ListSource.Batch), cancellationToken);
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
            if (retrievals[i].Error is { } error)
                failed = Sum(failed, new ChunkOutcome(new BatchCounts(0, 0, 1, 0), 0, error));
            else
                made.Add(ListOf(run, active[i].Profile, retrievals[i], model));
        }
        return (made, failed);
    }

    private RecommendationList ListOf(BatchRun run, UserProfile profile, ListRetrieval list, ModelVersion? model)
    {
        var source = list.SourceOf(ListSource.Batch);
        return new()
        {
            UserId = profile.UserId,
            Items = list.Truncate(options.StoredItems, source),
            Source = source,
            // The run's start, not the clock: a segment that is ranked again gives the same list.
            UpdatedAt = run.StartedAt,
            ModelVersion = model,
            RunId = run.Id,
            ProfileVersion = profile.Version,
        };
    }

    /// <summary>A run that began without a model asks for the popular items, so that one trained meanwhile does not rank half of the users.</summary>
    private RankUser QueryOf(BatchRun run, UserMemory memory, IReadOnlySet<ItemId> unavailable) => new(
        memory.UserId, run.ModelVersion is null ? UserHistory.Empty : memory.History, options.StoredItems, unavailable, options.AllowRepeats);

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
        var loaded = await profiles.LoadAsync(made.ConvertAll(list => list.UserId), cancellationToken);
        var rankedFrom = made.ToDictionary(list => list.UserId, list => list.ProfileVersion);
        var erased = await RemoveErasedAsync(
            rankedFrom.Keys, user => IsErased(loaded.GetValueOrDefault(user), rankedFrom[user]), cancellationToken);
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

    /// <summary>Whether what a list was ranked from is erased; the user may have come back since.</summary>
    private static bool IsErased(UserProfile? now, long rankedFrom) => now is null or { IsEmpty: true } || rankedFrom < now.Erasure?.Version;

    private async Task<HashSet<UserId>> RemoveErasedAsync(
        IReadOnlyCollection<UserId> users, Func<UserId, bool> isErased, CancellationToken cancellationToken)
    {
        var erased = users.Where(isErased).ToHashSet();
        foreach (var user in erased)
            await lists.ForgetAsync(user, cancellationToken);
        return erased;
    }

    private static ChunkOutcome Sum(ChunkOutcome left, ChunkOutcome right) =>
        new(left.Counts + right.Counts, left.Recommendations + right.Recommendations, left.FirstError ?? right.FirstError);
}
