using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Batches;

/// <summary>
/// Starts a run, or resumes one that was cancelled or died: takes the lease, pins the model, and freezes the active
/// users into segments, so that a user who becomes active during the run is neither missed nor ranked twice.
/// </summary>
/// <param name="Id">A run that is going or completed is refused.</param>
/// <param name="SkipIfBusy">
/// Whether the schedule asks, which may do so twice: then a run that is completed is answered instead of refused, and
/// one that finds another going is recorded as skipped.
/// </param>
/// <param name="Users">
/// Whom to rank, instead of all who are active; who of them is not active is skipped when it is their turn. A resumed
/// run keeps those that it froze.
/// </param>
public sealed record PlanBatch(BatchRunId Id, bool SkipIfBusy = false, IReadOnlyCollection<UserId>? Users = null)
    : IRequest<BatchRun>
{
    /// <summary>
    /// Who asks: the same name again goes on with the attempt that it began. Null for a name of its own.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>
    /// When to stop, if it takes that long: the answer is a run that is still <see cref="BatchState.Planning"/>, and
    /// asking again as its <see cref="BatchRun.Owner"/> goes on with it.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }

    internal sealed class Validator : AbstractValidator<PlanBatch>
    {
        public Validator()
        {
            RuleFor(request => request.Users)
                .Must(users => users is not { Count: 0 })
                .WithMessage("The list of users is empty; leave it out for all active users.");
            RuleFor(request => request.Owner)
                .Must(owner => owner is not { Length: 0 or > 2048 })
                .WithMessage("An owner's name has 1–2,048 characters.");
        }
    }

    internal sealed class Handler(
        IBatchRuns runs,
        SegmentPlanner freezing,
        IModelStore models,
        RecommendationOptions options,
        TimeProvider time,
        ILogger<PlanBatch> logger
    ) : IRequestHandler<PlanBatch, BatchRun>
    {
        public async Task<BatchRun> Handle(PlanBatch request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var existing = await runs.FindAsync(request.Id, cancellationToken);
            if (existing is { State: BatchState.Completed })
            {
                return request.SkipIfBusy
                    ? existing
                    : throw new RefusedException($"Run {request.Id} is completed; start one under another id.")
                    {
                        Hint = new(NextStep.ShowRun, request.Id.Value),
                    };
            }
            var run = NextOf(request, existing, now);
            var lease = await runs.LeaseAsync(run.LeaseUntil(now + options.BatchLease), now, cancellationToken);
            if (!lease.IsHeldBy(run.LeaseUntil(default)))
                return await StandBackAsync(request, run, existing, lease, cancellationToken);

            try
            {
                return await BeginAsync(request, run, existing, cancellationToken);
            }
            catch
            {
                // Nobody works on the run: the next start need not wait for the lease to run out.
                await runs.ReleaseAsync(lease, CancellationToken.None);
                throw;
            }
        }

        private BatchRun NextOf(PlanBatch request, BatchRun? existing, DateTimeOffset now)
        {
            var owner = request.Owner ?? Guid.NewGuid().ToString("N");
            if (existing is null)
                return BatchRun.Start(request.Id, now, options.ActiveWithin) with
                {
                    Owner = owner,
                    IsOfGivenUsers = request.Users is not null,
                };
            // A step that is asked for again, since its answer was lost or it was not done.
            var isSameAttempt =
                string.Equals(existing.Owner, owner, StringComparison.Ordinal)
                && existing.State is BatchState.Planning or BatchState.Ranking;
            return isSameAttempt ? existing : existing.Resume() with { Owner = owner };
        }

        private async Task<BatchRun> BeginAsync(
            PlanBatch request,
            BatchRun run,
            BatchRun? existing,
            CancellationToken cancellationToken
        )
        {
            if (run.State == BatchState.Planning && run.IsOfGivenUsers && request.Users is null)
                throw new RefusedException(
                    $"Run {run.Id} is of given users, and ended before they were written down; give them again."
                );
            var stored = await runs.SaveAsync(run, existing, cancellationToken);
            if (stored != run)
                throw new RefusedException($"Run {run.Id} is {stored.State.ToText()} since a moment ago; look again.");
            if (run.State != BatchState.Planning)
                return run;
            var model = (await models.CurrentAsync(cancellationToken)).Version;
            var frozen = await freezing.SnapshotAsync(run, request.Users, request.Deadline, cancellationToken);
            if (frozen.NextBucket is not null)
                return await runs.SaveAsync(frozen, run, cancellationToken);
            var planned = frozen.Planned(frozen.Segments, frozen.Users, model);
            if (await runs.SaveAsync(planned, run, cancellationToken) is var inForce && inForce != planned)
                return inForce;
            logger.LogInformation(
                "Run {RunId}: {Users} active users in {Segments} segments, model {Model}",
                run.Id,
                planned.Users,
                planned.Segments,
                model
            );
            return planned;
        }

        private async Task<BatchRun> StandBackAsync(
            PlanBatch request, BatchRun run, BatchRun? existing, BatchLease lease, CancellationToken cancellationToken)
        {
            if (lease.RunId == request.Id || !request.SkipIfBusy)
                throw new RefusedException($"Run {lease.RunId} is still going; wait for it, or stop it.")
                {
                    Hint = new(NextStep.CancelRun, lease.RunId.Value),
                };
            var skipped = run.Skip($"Run {lease.RunId} was still going.");
            if (await runs.SaveAsync(skipped, existing, cancellationToken) is var inForce && inForce != skipped)
                return inForce;
            Pipeline.Telemetry.BatchRuns.Add(1, new KeyValuePair<string, object?>("state", "skipped"));
            logger.LogError("Run {RunId} is skipped: run {OtherRunId} is still going", run.Id, lease.RunId);
            return skipped;
        }
    }
}
