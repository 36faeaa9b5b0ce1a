using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>A run and the results of its segments so far.</summary>
public sealed record ShowBatch(BatchRunId Run) : IRequest<ShownBatch>
{
    internal sealed class Handler(IBatchRuns runs, IBatchSegments segments, RunsAsTheyAre known)
        : IRequestHandler<ShowBatch, ShownBatch>
    {
        public async Task<ShownBatch> Handle(ShowBatch request, CancellationToken cancellationToken)
        {
            var run = await runs.FindAsync(request.Run, cancellationToken)
                ?? throw RefusedException.Missing($"There is no run {request.Run}.", NextStep.ListRuns);
            run = (await known.OfAsync([run], cancellationToken))[0];
            return new ShownBatch(run, await segments.ResultsAsync(run.Id, cancellationToken));
        }
    }
}

/// <summary>A run and its segments.</summary>
public sealed record ShownBatch(BatchRun Run, IReadOnlyList<SegmentResult> Segments);
