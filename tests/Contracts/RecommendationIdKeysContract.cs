using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>What every <see cref="IRecommendationIdKeys"/> must do.</summary>
public abstract class RecommendationIdKeysContract : Contract<IRecommendationIdKeys>
{
    [Fact]
    public async Task The_key_is_made_once()
    {
        var id = new RecommendationId
        {
            Key = 0,
            Configuration = 1,
            Source = ServedSource.Batch,
            Minute = 2,
            UserHash = 3,
            Nonce = 4,
        };
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Port.KeyAsync(None))));
        Assert.Single(keys.Select(key => key.Sign(id)).Distinct());
        Assert.Equal(keys[0].Sign(id), (await Port.KeyAsync(None)).Sign(id));
    }
}
