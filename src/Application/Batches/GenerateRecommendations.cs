using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>
/// Ranks and saves for one frozen segment of a run. Doing it again gives the same result: the first recorded one stands.
/// </summary>
public sealed record GenerateRecommendations(BatchRunId Run, int Segment) : IRequest<SegmentResult>
{
    /// <summary>How many users are ranked in one call.</summary>
    public const int UsersPerCall = 200;

    /// <summary>How many calls to the ranker are under way at once.</summary>
    public const int CallsInFlight = 8;

    internal sealed class Validator : AbstractValidator<GenerateRecommendations>
    {
        public Validator() => RuleFor(request => request.Segment).GreaterThanOrEqualTo(0).WithMessage("Segments are numbered from 0.");
    }

    internal sealed class Handler(
        IBatchRuns runs, IBatchSegments segments, IItemCatalog catalog, SegmentRanking ranking, RecommendationOptions options,
        TimeProvider time, ILogger<GenerateRecommendations> logger) : IRequestHandler<GenerateRecommendations, SegmentResult>
    {
        public async Task<SegmentResult> Handle(GenerateRecommendations request, CancellationToken cancellationToken)
        {
            var run = await runs.FindAsync(request.Run, cancellationToken)
                ?? throw RefusedException.Missing($"There is no run {request.Run}; see `recommend batch list`.");
            if (run.State != BatchState.Ranking)
                throw new RefusedException($"Run {request.Run} is {run.State.ToText()}; only a planned run that is going ranks segments.");
            await HoldLeaseAsync(run, cancellationToken);

            var users = await segments.UsersAsync(run.Id, request.Segment, cancellationToken);
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var chunks = users.Chunk(UsersPerCall).ToArray();
            var outcomes = new ChunkOutcome[chunks.Length];
            await Parallel.ForAsync(0, chunks.Length, new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
                async (i, cancellation) => outcomes[i] = await ranking.RankAsync(run, chunks[i], unavailable, cancellation));
            return await RecordAsync(run, request.Segment, outcomes, cancellationToken);
        }

        private async Task HoldLeaseAsync(BatchRun run, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var lease = await runs.LeaseAsync(run.LeaseUntil(now + options.BatchLease), now, cancellationToken);
            if (!lease.IsHeldBy(run.LeaseUntil(default)))
                throw new RefusedException($"Attempt {run.Attempt} of run {run.Id} lost its lease to run {lease.RunId}, attempt {lease.Attempt}.");
        }

        private async Task<SegmentResult> RecordAsync(BatchRun run, int segment, ChunkOutcome[] outcomes, CancellationToken cancellationToken)
        {
            var result = new SegmentResult(
                segment,
                outcomes.Aggregate(default(BatchCounts), (sum, outcome) => sum + outcome.Counts),
                outcomes.Sum(outcome => (long)outcome.Recommendations),
                outcomes.FirstOrDefault(outcome => outcome.FirstError is not null).FirstError);
            if (result.FirstError is not null)
                logger.LogWarning("Run {RunId}, segment {Segment}: {Failed} users failed, the first because: {Error}",
                    run.Id, segment, result.Counts.Failed, result.FirstError);
            return await segments.RecordAsync(run.Id, result, cancellationToken);
        }
    }
}
