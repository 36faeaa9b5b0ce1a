using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Batches;

/// <summary>
/// Ranks and saves for one frozen segment of a run. Doing it again gives the same result: the first recorded one stands.
/// </summary>
public sealed record GenerateRecommendations(BatchRunId Run, int Segment) : IRequest<SegmentResult>
{
    /// <summary>What an earlier request did of the segment before its time was up; null for the whole segment.</summary>
    public SegmentResult? SoFar { get; init; }

    /// <summary>When to begin no more calls, if it takes that long: the answer is partial, and nothing is recorded yet.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many users are ranked in one call.</summary>
    public const int UsersPerCall = 200;

    /// <summary>How many calls to the ranker are under way at once.</summary>
    public const int CallsInFlight = 8;

    internal sealed class Validator : AbstractValidator<GenerateRecommendations>
    {
        public Validator()
        {
            RuleFor(request => request.Segment).GreaterThanOrEqualTo(0).WithMessage("Segments are numbered from 0.");
            RuleFor(request => request.SoFar)
                .Must((request, done) => done is null || (done.IsPartial && done.Number == request.Segment && done.Counts is { Ranked: >= 0, Fallback: >= 0, Failed: >= 0, Skipped: >= 0 }))
                .WithMessage("What was done so far is not of a part of this segment.");
        }
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
            var done = request.SoFar ?? new SegmentResult(request.Segment, default, 0, null);
            var chunks = users.Skip(done.Counts.Active).Chunk(UsersPerCall).ToArray();
            var outcomes = await RankAsync(run, chunks, unavailable, request.Until, cancellationToken);
            var result = Add(done, outcomes) with { IsPartial = outcomes.Count < chunks.Length };
            return result.IsPartial ? result : await RecordAsync(run, result, cancellationToken);
        }

        /// <returns>The outcomes of the first chunks: all of them, unless the time was up.</returns>
        private async Task<List<ChunkOutcome>> RankAsync(
            BatchRun run, UserId[][] chunks, IReadOnlySet<ItemId> unavailable, DateTimeOffset? until, CancellationToken cancellationToken)
        {
            var outcomes = new ChunkOutcome?[chunks.Length];
            // The caller's scheduler: a simulation decides the order of the calls by its own.
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = CallsInFlight,
                CancellationToken = cancellationToken,
                TaskScheduler = TaskScheduler.Current,
            };
            await Parallel.ForAsync(0, chunks.Length, parallel,
                async (i, cancellation) =>
                {
                    // One at least, however late it is, or it would never end.
                    if (i == 0 || !(time.GetUtcNow() >= until))
                        outcomes[i] = await ranking.RankAsync(run, chunks[i], unavailable, cancellation);
                });
            // What was done behind a gap is done again: the same lists.
            return [.. outcomes.TakeWhile(outcome => outcome is not null).Select(outcome => outcome!.Value)];
        }

        private static SegmentResult Add(SegmentResult done, List<ChunkOutcome> outcomes) => done with
        {
            Counts = outcomes.Aggregate(done.Counts, (sum, outcome) => sum + outcome.Counts),
            Recommendations = done.Recommendations + outcomes.Sum(outcome => (long)outcome.Recommendations),
            FirstError = done.FirstError ?? outcomes.Find(outcome => outcome.FirstError is not null).FirstError,
        };

        private async Task HoldLeaseAsync(BatchRun run, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var lease = await runs.LeaseAsync(run.LeaseUntil(now + options.BatchLease), now, cancellationToken);
            if (!lease.IsHeldBy(run.LeaseUntil(default)))
                throw new RefusedException($"Attempt {run.Attempt} of run {run.Id} lost its lease to run {lease.RunId}, attempt {lease.Attempt}.");
        }

        private async Task<SegmentResult> RecordAsync(BatchRun run, SegmentResult result, CancellationToken cancellationToken)
        {
            if (result.FirstError is not null)
                logger.LogWarning("Run {RunId}, segment {Segment}: {Failed} users failed, the first because: {Error}",
                    run.Id, result.Number, result.Counts.Failed, result.FirstError);
            return await segments.RecordAsync(run.Id, result, cancellationToken);
        }
    }
}
