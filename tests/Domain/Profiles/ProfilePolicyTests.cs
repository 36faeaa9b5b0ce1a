using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

public sealed class ProfilePolicyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void A_profile_keeps_1_to_500_recent_interactions(int limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProfilePolicy { RecentLimit = limit });
        Assert.Equal(
            (1, 500),
            (new ProfilePolicy { RecentLimit = 1 }.RecentLimit, new ProfilePolicy { RecentLimit = 500 }.RecentLimit)
        );
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public void A_profile_holds_0_to_1024_pending_interactions(int limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProfilePolicy { PendingLimit = limit });
        Assert.Equal(
            (0, 1024),
            (
                new ProfilePolicy { PendingLimit = 0 }.PendingLimit,
                new ProfilePolicy { PendingLimit = 1024 }.PendingLimit
            )
        );
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1025)]
    public void A_profile_remembers_0_to_1024_event_ids(int limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProfilePolicy { EventIdLimit = limit });
        Assert.Equal(
            (0, 1024),
            (
                new ProfilePolicy { EventIdLimit = 0 }.EventIdLimit,
                new ProfilePolicy { EventIdLimit = 1024 }.EventIdLimit
            )
        );
    }

    [Fact]
    public void A_retention_is_more_than_nothing_and_for_ever_is_null()
    {
        TimeSpan[] refused = [TimeSpan.Zero, Timeout.InfiniteTimeSpan, TimeSpan.FromDays(-1), TimeSpan.MaxValue];

        Assert.All(
            refused,
            retention =>
                Assert.Throws<ArgumentOutOfRangeException>(() => new ProfilePolicy { LogRetention = retention })
        );
        Assert.Equal(TimeSpan.FromHours(24), new ProfilePolicy { LogRetention = TimeSpan.FromHours(24) }.LogRetention);
        Assert.Null(new ProfilePolicy { LogRetention = null }.LogRetention);
    }

    [Fact]
    public void By_default_50_interactions_and_64_ids_are_kept_and_marks_for_ever()
    {
        Assert.Equal((50, 64), (ProfilePolicy.Default.RecentLimit, ProfilePolicy.Default.EventIdLimit));
        Assert.Null(ProfilePolicy.Default.LogRetention);
    }
}
