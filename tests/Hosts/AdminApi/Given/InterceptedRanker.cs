using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests.Given;

/// <summary>A ranker before whose answer something happens: a wait, a failure, a change of the world.</summary>
internal sealed class InterceptedRanker(IRanker inner, Func<RankUsers, Task> before) : IRanker
{
    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        await before(request);
        return await inner.RankAsync(request, cancellationToken);
    }
}
