using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

public sealed class ActiveBucketTests
{
    [Fact]
    public void The_bucket_of_a_user_never_changes_since_it_is_stored()
    {
        // Computed apart from this code, with FNV-1a 64 and the finaliser fmix64.
        string[] users = ["a", "ann", "user-42", "用户", new string('x', 256)];

        Assert.Equal([11, 3, 13, 9, 2], users.Select(id => ActiveBucket.BucketOf(UserId.Parse(id))));
    }

    [Fact]
    public void All_16_buckets_are_used_about_alike()
    {
        var sizes = Enumerable
            .Range(0, 16_000)
            .CountBy(n => ActiveBucket.BucketOf(UserId.Parse($"user-{n}")))
            .ToDictionary();

        Assert.Equal(Enumerable.Range(0, ActiveBucket.Count), sizes.Keys.Order());
        Assert.All(sizes.Values, size => Assert.InRange(size, 850, 1150));
    }

    [Fact]
    public void The_day_is_that_of_the_last_interaction_in_utc()
    {
        var bucket = ActiveBucket.Of(Some.User, new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-5)));

        Assert.Equal(new DateOnly(2026, 3, 2), bucket.Day);
        Assert.Equal(ActiveBucket.BucketOf(Some.User), bucket.Bucket);
    }

    [Theory]
    [InlineData(0, "2026-03-01#00")]
    [InlineData(9, "2026-03-01#09")]
    [InlineData(15, "2026-03-01#15")]
    public void The_stored_form_sorts_by_day(int bucket, string expected) =>
        Assert.Equal(expected, new ActiveBucket(new DateOnly(2026, 3, 1), bucket).ToString());
}
