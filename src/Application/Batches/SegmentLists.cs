using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Batches;

/// <summary>Leaves a segment's lists as a file, once all of its users are done.</summary>
internal sealed class SegmentLists(IBatchSegments segments, IRecommendationStore lists, IEnumerable<IBatchLists> files)
{
    private const int ReadsInFlight = 32;

    /// <summary>Whether there is anybody who keeps files.</summary>
    internal bool AreKept => files.Any();

    /// <param name="run">The run.</param>
    /// <param name="segment">The segment's number.</param>
    /// <param name="users">The segment's users.</param>
    /// <param name="outcomes">Those of the last call; the lists of users that earlier calls ranked are
    /// read from the store.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task SaveAsync(
        BatchRun run,
        int segment,
        IReadOnlyList<UserId> users,
        IReadOnlyDictionary<UserId, UserOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        foreach (var file in files)
        {
            var made = await ListsAsync(run, users, outcomes, cancellationToken);
            await file.SaveAsync(run, segment, made, cancellationToken);
            // An erasure replaces the user in the segment before it looks for the file: one that came too early for the
            // file is seen here.
            var left = (await segments.UsersAsync(run.Id, segment, cancellationToken)).ToHashSet();
            if (made.Exists(list => !left.Contains(list.UserId)))
                await file.SaveAsync(run, segment, made.FindAll(list => left.Contains(list.UserId)), cancellationToken);
        }
    }

    private async Task<List<RecommendationList>> ListsAsync(
        BatchRun run,
        IReadOnlyList<UserId> users,
        IReadOnlyDictionary<UserId, UserOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var made = new RecommendationList?[users.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = ReadsInFlight,
            CancellationToken = cancellationToken,
            TaskScheduler = TaskScheduler.Current,
        };
        await Parallel.ForAsync(0, users.Count, parallel, async (i, cancellation) =>
        {
            if (outcomes.TryGetValue(users[i], out var outcome))
                made[i] = outcome.List;
            else if (await lists.FindAsync(users[i], cancellation) is { } list && list.RunId == run.Id)
                made[i] = list;
        });
        return [.. made.OfType<RecommendationList>()];
    }
}
