using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests;

/// <summary>The groups of users that the archive keeps apart.</summary>
public sealed class UserBucketTests
{
    [Theory]
    [InlineData("u1", 99)]
    [InlineData("12748", 113)]
    [InlineData("Zoë", 63)]
    public void A_user_is_in_the_same_group_for_ever(string user, int bucket) =>
        Assert.Equal(bucket, UserBucket.Of(UserId.Parse(user)));

    [Fact]
    public void Groups_are_about_equally_large_and_cut_across_the_buckets_of_active_users()
    {
        var users = Enumerable.Range(0, 256 * 200).Select(user => UserId.Parse($"user-{user}")).ToList();
        var groups = users.GroupBy(UserBucket.Of).ToList();
        Assert.Equal(UserBucket.Count, groups.Count);
        Assert.All(groups, group => Assert.InRange(group.Count(), 140, 260));
        Assert.All(groups, group => Assert.InRange(group.Select(ActiveBucket.BucketOf).Distinct().Count(), 12, 16));
    }

    [Theory]
    [InlineData(1, 256, 256)]
    [InlineData(0.5, 256, 128)]
    [InlineData(0.0001, 256, 1)]
    [InlineData(1, 1, 1)]
    public void A_share_is_a_number_of_whole_groups(double share, int groups, int expected) =>
        Assert.Equal(expected, UserBucket.CountOf(share, groups));
}
