using Recommendation.Application.Ports;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>Does something before the ranker answers.</summary>
internal sealed class RankerProbe(IRanker inner, Func<RankUsers, Task> before) : IRanker
{
    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        await before(request);
        return await inner.RankAsync(request, cancellationToken);
    }
}
