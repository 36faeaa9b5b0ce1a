using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Contracts;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.Tests;

/// <summary>What a scheduled step counted is what is answered.</summary>
public sealed class PopularWindowTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public async Task The_newest_count_of_a_window_is_kept_and_an_older_one_that_comes_late_is_not()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var missing = await Assert.ThrowsAsync<RefusedException>(() =>
            Windows(fixture).RankAsync(s_day, Some.Noon, None)
        );
        Assert.True(missing.IsMissing);

        var items = RankedItems.From([new(Some.Item("a"), Score.Of(1)), new(Some.Item("b"), Score.Of(0.25))], 10);
        await Windows(fixture).PutAsync(s_day, items, Some.Noon, None);
        await Windows(fixture).PutAsync(s_day, RankedItems.None, Some.Noon.AddMinutes(-1), None);

        Assert.Equal(items, await Windows(fixture).RankAsync(s_day, Some.Noon, None));
        await Windows(fixture).PutAsync(s_day, RankedItems.None, Some.Noon.AddMinutes(1), None);
        Assert.Empty(await Windows(fixture).RankAsync(s_day, Some.Noon, None));
    }

    private static S3PopularWindows Windows(AwsFixture fixture) => new(fixture.Bucket, TimeProvider.System);
}
