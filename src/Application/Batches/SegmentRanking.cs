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

/// <summary>
/// Loads, ranks and saves one chunk of users; every user ends as ranked, fallback, failed or skipped. A user whose turn
/// did not come before the time was up, since the store is short of capacity, has no outcome and is done later.
/// </summary>
internal sealed class SegmentRanking(
    IProfileStore profiles,
    UserMemories memories,
    IRecommendationStore lists,
    RetrievalPipeline pipeline,
    Variants variants,
    RecommendationOptions options,
    TimeProvider time
)
{
    /// <summary>
    /// How many lists are saved, and their users looked at once more, in one go: what is lost when the time
    /// is up in between.
    /// </summary>
    internal const int SavedAtOnce = 50;

    /// <param name="run">The run.</param>
    /// <param name="users">The chunk.</param>
    /// <param name="unavailable">Items that no list may hold.</param>
    /// <param name="timeIsUp">Ends what waits for the stores; the users that are not done are left
    /// out of the outcomes.</param>
    /// <param name="cancellationToken">Ends the whole of it.</param>
    internal async Task<IReadOnlyDictionary<UserId, UserOutcome>> RankAsync(
        BatchRun run,
        IReadOnlyList<UserId> users,
        IReadOnlySet<ItemId> unavailable,
        CancellationToken timeIsUp,
        CancellationToken cancellationToken
    )
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp, cancellationToken);
        var outcomes = new Dictionary<UserId, UserOutcome>(users.Count);
        try
        {
            foreach (
                var group in (await MakeAsync(run, users, unavailable, outcomes, both.Token, cancellationToken)).Chunk(
                    SavedAtOnce
                )
            )
                await SaveAsync(group, outcomes, both.Token);
        }
        catch (OperationCanceledException)
            when (timeIsUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return outcomes;
        }
        return outcomes;
    }

    private async Task<List<RecommendationList>> MakeAsync(
        BatchRun run,
        IReadOnlyList<UserId> users,
        IReadOnlySet<ItemId> unavailable,
        Dictionary<UserId, UserOutcome> outcomes,
        CancellationToken waiting,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // An earlier attempt at the segment may have died after it saved a list and before it saw the erasure.
            var loaded = await memories.LoadAsync(users, waiting);
            await RemoveErasedAsync(
                users,
                user => loaded.GetValueOrDefault(user)?.Profile is null or { IsEmpty: true },
                waiting
            );
            var active = users
                .Select(user => loaded.GetValueOrDefault(user))
                .OfType<UserMemory>()
                .Where(memory => memory.Profile.IsActiveSince(run.Cutoff))
                .ToList();
            foreach (var user in users.Except(active.Select(memory => memory.UserId)))
                outcomes[user] = UserOutcome.Skipped;
            return active.Count == 0
                ? []
                : await RankActiveAsync(run, active, unavailable, outcomes, cancellationToken);
        }
        catch (UnavailableException problem)
        {
            // These users keep the lists they had. The others of the segment are not theirs to lose.
            foreach (var user in users)
                outcomes[user] = UserOutcome.Failed(problem.Message);
            return [];
        }
    }

    private async Task<List<RecommendationList>> RankActiveAsync(
        BatchRun run,
        List<UserMemory> active,
        IReadOnlySet<ItemId> unavailable,
        Dictionary<UserId, UserOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        var groups = await variants.FindAsync(cancellationToken);
        var retrievals = active.ConvertAll(memory => new ListRetrieval(
            QueryOf(run, memory, Eligibility.ToTell(unavailable, groups)),
            options.StoredItems,
            Eligibility.Of(memory, unavailable, groups, options, ListFilter.None)
        ));
        ModelVersion? model;
        try
        {
            model = await pipeline.RetrieveAsync(
                retrievals, new RetrievalContext(run.ModelVersion, run.StartedAt, ListSource.Batch), cancellationToken);
        }
        catch (RankerUnavailableException problem)
        {
            foreach (var memory in active)
                outcomes[memory.UserId] = UserOutcome.Failed(problem.Message);
            return [];
        }
        Telemetry.RankingDuration.Record(time.GetElapsedTime(started).TotalMilliseconds);

        var made = new List<RecommendationList>(active.Count);
        for (var i = 0; i < active.Count; i++)
        {
            if (retrievals[i].Error is { } error)
                outcomes[active[i].UserId] = UserOutcome.Failed(error);
            else
                made.Add(ListOf(run, active[i], retrievals[i], model));
        }
        return made;
    }

    private RecommendationList ListOf(BatchRun run, UserMemory memory, ListRetrieval list, ModelVersion? model)
    {
        var source = list.SourceOf(ListSource.Batch);
        return new()
        {
            UserId = memory.UserId,
            Items = list.Truncate(options.StoredItems, source).WithReasons(RankedItems.StoredReasons),
            Source = source,
            // The run's start, not the clock: a segment that is ranked again gives the same list.
            UpdatedAt = run.StartedAt,
            ModelVersion = model,
            RunId = run.Id,
            ProfileVersion = memory.Profile.Version,
            MergedVersion = memory.MergedVersion,
        };
    }

    /// <summary>
    /// A run that began without a model asks for the popular items, so that one trained meanwhile does not rank half of
    /// the users.
    /// </summary>
    private RankUser QueryOf(BatchRun run, UserMemory memory, IReadOnlyCollection<ItemId> without) =>
        new(
            memory.UserId,
            run.ModelVersion is null ? UserHistory.Empty : memory.History,
            options.StoredItems,
            without,
            options.AllowRepeats
        )
        {
            InteractionCount = memory.Profile.InteractionCount,
        };

    private async Task SaveAsync(
        RecommendationList[] made, Dictionary<UserId, UserOutcome> outcomes, CancellationToken cancellationToken)
    {
        IReadOnlyList<SaveOutcome> saves;
        try
        {
            saves = await lists.SaveAsync(made, cancellationToken);
        }
        catch (UnavailableException problem)
        {
            saves = [.. made.Select(_ => SaveOutcome.Failed(problem.Message))];
        }

        // A user may have been erased between the load and the save: the list must not outlive the profile. What stops
        // this check stops the group: without outcomes its users are ranked again, and looked at once more.
        var users = Array.ConvertAll(made, list => list.UserId);
        var loaded = await profiles.LoadAsync(users, cancellationToken);
        var rankedFrom = made.ToDictionary(list => list.UserId, list => list.ProfileVersion);
        var erased = await RemoveErasedAsync(
            users,
            user => IsErased(loaded.GetValueOrDefault(user), rankedFrom[user]),
            cancellationToken
        );
        for (var i = 0; i < made.Length; i++)
        {
            if (OutcomeOf(made[i], saves[i], erased) is { } outcome)
                outcomes[users[i]] = outcome;
        }
    }

    /// <returns>Null where the store had no capacity for the list.</returns>
    private static UserOutcome? OutcomeOf(RecommendationList list, SaveOutcome save, HashSet<UserId> erased)
    {
        if (erased.Contains(list.UserId))
            return UserOutcome.Skipped;
        return save.Status switch
        {
            SaveStatus.Saved => UserOutcome.Saved(list),
            SaveStatus.Postponed => null,
            _ => UserOutcome.Failed(save.Reason ?? "A list could not be saved."),
        };
    }

    /// <summary>Whether what a list was ranked from is erased; the user may have come back since.</summary>
    private static bool IsErased(UserProfile? now, long rankedFrom) =>
        now is null or { IsEmpty: true, HasLinks: false } || rankedFrom < now.Erasure?.Version;

    private async Task<HashSet<UserId>> RemoveErasedAsync(
        IReadOnlyCollection<UserId> users, Func<UserId, bool> isErased, CancellationToken cancellationToken)
    {
        var erased = users.Where(isErased).ToHashSet();
        foreach (var user in erased)
            await lists.ForgetAsync(user, cancellationToken);
        return erased;
    }
}
