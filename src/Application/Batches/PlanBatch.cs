using System.Runtime.CompilerServices;
using MediatR;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Batches;

/// <summary>
/// Starts a run, or resumes one that was cancelled or died: takes the lease, pins the model, and freezes the active users into
/// segments, so that a user who becomes active during the run is neither missed nor ranked twice.
/// </summary>
/// <param name="Id">A run that is going or completed is refused.</param>
/// <param name="SkipIfBusy">Whether to record this run as skipped, instead of refusing it, where another one is going (the schedule).</param>
/// <param name="Users">Whom to rank, instead of all who are active; who of them is not active is skipped when it is their turn.</param>
public sealed record PlanBatch(BatchRunId Id, bool SkipIfBusy = false, IReadOnlyCollection<UserId>? Users = null) : IRequest<BatchRun>
{
    internal sealed class Handler(
        IBatchRuns runs, IBatchSegments segments, IProfileStore profiles, IModelStore models,
        RecommendationOptions options, TimeProvider time, ILogger<PlanBatch> logger) : IRequestHandler<PlanBatch, BatchRun>
    {
        public async Task<BatchRun> Handle(PlanBatch request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var existing = await runs.FindAsync(request.Id, cancellationToken);
            if (existing is { State: BatchState.Completed })
                throw new RefusedException($"Run {request.Id} is completed; see `recommend batch show {request.Id}`, or start one under another id.");
            var run = (existing?.Resume() ?? BatchRun.Start(request.Id, now, options.ActiveWithin)) with { Owner = Guid.NewGuid().ToString("N") };

            var lease = await runs.LeaseAsync(run.LeaseUntil(now + options.BatchLease), now, cancellationToken);
            if (!lease.IsHeldBy(run.LeaseUntil(default)))
                return await StandBackAsync(request, run, lease, cancellationToken);

            try
            {
                return await BeginAsync(run, request.Users, cancellationToken);
            }
            catch
            {
                // Nobody works on the run: the next start need not wait for the lease to run out.
                await runs.ReleaseAsync(lease, CancellationToken.None);
                throw;
            }
        }

        private async Task<BatchRun> BeginAsync(BatchRun run, IReadOnlyCollection<UserId>? chosen, CancellationToken cancellationToken)
        {
            await runs.SaveAsync(run, cancellationToken);
            if (run.State != BatchState.Planning)
                return run;
            var model = (await models.CurrentAsync(cancellationToken)).Version;
            var (count, users) = await FreezeAsync(run, chosen, cancellationToken);
            if (await runs.FindAsync(run.Id, cancellationToken) is { State: BatchState.Cancelled } cancelled)
                return cancelled;
            run = run.Planned(count, users, model);
            await runs.SaveAsync(run, cancellationToken);
            logger.LogInformation("Run {RunId}: {Users} active users in {Segments} segments, model {Model}", run.Id, users, count, model);
            return run;
        }

        private async Task<BatchRun> StandBackAsync(PlanBatch request, BatchRun run, BatchLease lease, CancellationToken cancellationToken)
        {
            if (lease.RunId == request.Id || !request.SkipIfBusy)
                throw new RefusedException($"Run {lease.RunId} is still going; wait for it, or stop it with `recommend batch cancel {lease.RunId}`.");
            var skipped = run.Skip($"Run {lease.RunId} was still going.");
            await runs.SaveAsync(skipped, cancellationToken);
            Pipeline.Telemetry.BatchRuns.Add(1, new KeyValuePair<string, object?>("state", "skipped"));
            logger.LogError("Run {RunId} is skipped: run {OtherRunId} is still going", run.Id, lease.RunId);
            return skipped;
        }

        private async Task<(int Segments, int Users)> FreezeAsync(
            BatchRun run, IReadOnlyCollection<UserId>? chosen, CancellationToken cancellationToken)
        {
            var (count, users) = (0, 0);
            var segment = new List<UserId>(options.SegmentSize);
            await foreach (var user in chosen is null ? DistinctActiveAsync(run, cancellationToken) : chosen.Distinct().ToAsyncEnumerable())
            {
                segment.Add(user);
                if (segment.Count == options.SegmentSize)
                    await FreezeSegmentAsync();
            }
            if (segment.Count > 0)
                await FreezeSegmentAsync();
            return (count, users);

            async Task FreezeSegmentAsync()
            {
                await segments.FreezeAsync(run.Id, count++, segment, cancellationToken);
                users += segment.Count;
                segment.Clear();
            }
        }

        private async IAsyncEnumerable<UserId> DistinctActiveAsync(BatchRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var bucket = 0; bucket < ActiveBucket.Count; bucket++)
            {
                // Within one bucket only: a user never changes buckets, and the set stays small.
                var distinct = new HashSet<UserId>();
                await foreach (var user in ActiveUsersAsync(run, bucket, cancellationToken))
                {
                    if (distinct.Add(user))
                        yield return user;
                }
            }
        }

        /// <summary>Through the day after the start: who moves to a later day while this is read is met again, not missed.</summary>
        private IAsyncEnumerable<UserId> ActiveUsersAsync(BatchRun run, int bucket, CancellationToken cancellationToken) =>
            profiles.ActiveUsersAsync(bucket, DateOnly.FromDateTime(run.Cutoff.UtcDateTime), run.Date.AddDays(1), cancellationToken);
    }
}
