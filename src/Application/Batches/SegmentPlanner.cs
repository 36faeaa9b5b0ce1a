using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Batches;

/// <summary>Writes down who is to be ranked, in segments.</summary>
internal sealed class SegmentPlanner(
    IProfileStore profiles,
    IBatchSegments segments,
    IEnumerable<IBatchLists> lists,
    IErasures erasures,
    RecommendationOptions options,
    TimeProvider time
)
{
    /// <summary>Longer than it takes to plan a run.</summary>
    private static readonly TimeSpan s_planning = TimeSpan.FromHours(12);

    /// <summary>
    /// Freezes the given users, or bucket by bucket the active ones, from the bucket on where an earlier call stopped.
    /// </summary>
    /// <returns>The run with the segments frozen so far; it names the next bucket where the time was up
    /// before all were frozen.</returns>
    internal async Task<BatchRun> SnapshotAsync(
        BatchRun run, IReadOnlyCollection<UserId>? users, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var plan = new Plan(
            profiles,
            segments,
            erasures,
            options.SegmentSize,
            run,
            ShiftedTimeProvider.RealNow(time) - s_planning
        );
        if (run is { FirstSegment: > 0, Segments: 0 })
        {
            foreach (var files in lists)
                await files.RemoveAsync(run, cancellationToken);
        }
        if (users is not null)
        {
            foreach (var user in users.Distinct())
                await plan.AddAsync(user, cancellationToken);
            return await plan.EndAsync(next: null, cancellationToken);
        }
        var first = run.NextBucket ?? 0;
        for (var bucket = first; bucket < ActiveBucket.Count; bucket++)
        {
            if (bucket > first && time.GetUtcNow() >= until)
                return await plan.EndAsync(bucket, cancellationToken);
            // Within one bucket only: a user never changes buckets, and the set stays small.
            var distinct = new HashSet<UserId>();
            await foreach (var user in ActiveUsersAsync(run, bucket, cancellationToken))
            {
                if (distinct.Add(user))
                    await plan.AddAsync(user, cancellationToken);
            }
        }
        return await plan.EndAsync(next: null, cancellationToken);
    }

    /// <summary>
    /// Through the day after the start: who moves to a later day while this is read is met again, not missed.
    /// </summary>
    private IAsyncEnumerable<UserId> ActiveUsersAsync(BatchRun run, int bucket, CancellationToken cancellationToken) =>
        profiles.ActiveUsersAsync(
            bucket,
            DateOnly.FromDateTime(run.Cutoff.UtcDateTime),
            run.Date.AddDays(1),
            cancellationToken
        );

    /// <summary>The segment that is being filled, and how many went before it.</summary>
    private sealed class Plan(
        IProfileStore profiles,
        IBatchSegments segments,
        IErasures erasures,
        int size,
        BatchRun run,
        DateTimeOffset since
    )
    {
        private readonly List<UserId> _segment = new(size);
        private int _segments = run.Segments;
        private int _users = run.Users;

        internal async Task AddAsync(UserId user, CancellationToken cancellationToken)
        {
            _segment.Add(user);
            if (_segment.Count == size)
                await SnapshotAsync(cancellationToken);
        }

        internal async Task<BatchRun> EndAsync(int? next, CancellationToken cancellationToken)
        {
            if (_segment.Count > 0)
                await SnapshotAsync(cancellationToken);
            return run with { Segments = _segments, Users = _users, NextBucket = next };
        }

        private async Task SnapshotAsync(CancellationToken cancellationToken)
        {
            var number = run.FirstSegment + _segments;
            await segments.SnapshotAsync(run.Id, number, _segment, cancellationToken);
            await RemoveErasedAsync(number, cancellationToken);
            _segments++;
            _users += _segment.Count;
            _segment.Clear();
        }

        /// <summary>
        /// An erasure that began since the users were read may have searched the segments before this one was written.
        /// </summary>
        private async Task RemoveErasedAsync(int number, CancellationToken cancellationToken)
        {
            // Where an erasure stays open until it has swept once more, the open ones are enough.
            var isSwept = erasures.SettleTime > TimeSpan.Zero;
            var erased = await erasures.ListAsync(includeFinished: !isSwept, isSwept ? null : since, cancellationToken)
                .Select(erasure => erasure.User).ToHashSetAsync(cancellationToken: cancellationToken);
            erased.IntersectWith(_segment);
            if (erased.Count == 0)
                return;
            // Who came back since is somebody new, and is ranked.
            var loaded = await profiles.LoadAsync([.. erased], cancellationToken);
            erased.RemoveWhere(user => loaded.GetValueOrDefault(user) is { IsEmpty: false });
            if (erased.Count > 0)
            {
                await segments.SnapshotAsync(
                    run.Id,
                    number,
                    [.. _segment.Select(user => erased.Contains(user) ? ErasedUser.Replacement() : user)],
                    cancellationToken
                );
            }
        }
    }
}
