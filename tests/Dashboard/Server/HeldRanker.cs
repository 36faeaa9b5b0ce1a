using Recommendation.Application.Ports;

namespace Recommendation.Dashboard.Tests.Server;

/// <summary>The real ranker behind a gate: while a test holds it, a run stands still and can be looked at.</summary>
internal sealed class HeldRanker(IRanker ranker) : IRanker
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _held;
    private int _free;

    /// <summary>Lets so many calls through, then makes the others wait until <see cref="Release"/>.</summary>
    internal void Hold(int free)
    {
        lock (_gate)
            (_held, _free) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), free);
    }

    internal void Release()
    {
        lock (_gate)
        {
            _held?.TrySetResult();
            _held = null;
        }
    }

    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        await Turn().WaitAsync(cancellationToken);
        return await ranker.RankAsync(request, cancellationToken);
    }

    private Task Turn()
    {
        lock (_gate)
            return _held is null || _free-- > 0 ? Task.CompletedTask : _held.Task;
    }
}
