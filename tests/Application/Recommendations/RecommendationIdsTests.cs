using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Recommendations;

/// <summary>Every list has an id, but for those that an operator only looks at.</summary>
public sealed class RecommendationIdsTests : InWorld
{
    [Fact]
    public async Task Two_answers_have_two_ids_that_say_what_made_them()
    {
        await World.GivenActiveAsync(1);
        await World.GivenListAsync(Some.User(1));
        var first = await World.SendAsync(new Recommend(Some.User(1)));
        var second = await World.SendAsync(new Recommend(Some.User(1)));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.Id!.Value.Configuration, second.Id!.Value.Configuration);
        Assert.Equal(ServedSource.Batch, first.Id.Value.Source);
        Assert.Equal(Some.Noon, first.Id.Value.ServedAt);
        Assert.Equal(RecommendationId.HashOf(Some.User(1)), first.Id.Value.UserHash);
    }

    [Fact]
    public async Task Lists_of_nobody_have_ids_and_previews_have_none()
    {
        await World.GivenActiveAsync(1);
        var popular = await World.SendAsync(new PopularItems());
        Assert.Equal((ServedSource.Popular, RecommendationId.Nobody), (
            popular.Id!.Value.Source, popular.Id.Value.UserHash));
        Assert.Null((await World.SendAsync(new Recommend(Some.User(1)) { IsPreview = true })).Id);
    }
}
