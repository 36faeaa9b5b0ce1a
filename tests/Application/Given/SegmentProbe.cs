using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Given;

/// <summary>Segments that tell what was frozen and published, and fail on request.</summary>
internal sealed class SegmentProbe(IBatchSegments inner) : IBatchSegments
{
    internal Dictionary<int, UserId[]> Frozen { get; } = [];

    internal List<BatchRun> Published { get; } = [];

    /// <summary>Runs before a segment is frozen; may throw.</summary>
    internal Func<Task>? Freezing { get; set; }

    /// <summary>Runs before results are published; may throw.</summary>
    internal Func<Task>? Publishing { get; set; }

    /// <summary>Runs once a segment's result is recorded; may throw, and the answer is lost.</summary>
    internal Func<int, Task>? Recorded { get; set; }

    public async Task SnapshotAsync(
        BatchRunId run,
        int segment,
        IReadOnlyList<UserId> users,
        CancellationToken cancellationToken
    )
    {
        if (Freezing is not null)
            await Freezing();
        Frozen[segment] = [.. users];
        await inner.SnapshotAsync(run, segment, users, cancellationToken);
    }

    public Task<IReadOnlyList<UserId>> UsersAsync(BatchRunId run, int segment, CancellationToken cancellationToken) =>
        inner.UsersAsync(run, segment, cancellationToken);

    public async Task<SegmentResult> RecordAsync(
        BatchRunId run,
        SegmentResult result,
        CancellationToken cancellationToken
    )
    {
        var recorded = await inner.RecordAsync(run, result, cancellationToken);
        if (Recorded is not null)
            await Recorded(result.Number);
        return recorded;
    }

    public Task<IReadOnlyList<SegmentResult>> ResultsAsync(BatchRunId run, CancellationToken cancellationToken) =>
        inner.ResultsAsync(run, cancellationToken);

    public async Task PublishAsync(BatchRun run, CancellationToken cancellationToken)
    {
        if (Publishing is not null)
            await Publishing();
        Published.Add(run);
        await inner.PublishAsync(run, cancellationToken);
    }
}
