using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

public sealed class UserProfileTests
{
    [Fact]
    public void A_new_profile_is_empty()
    {
        var profile = UserProfile.New(Some.User);

        Assert.True(profile.IsEmpty);
        Assert.Equal(0, profile.Version);
        Assert.Null(profile.LastInteraction);
        Assert.Null(profile.LastItemId);
        Assert.Null(profile.ActiveBucket);
        Assert.False(profile.IsActiveSince(DateTimeOffset.MinValue));
    }

    [Fact]
    public void A_user_is_active_if_the_last_interaction_is_at_or_after_the_cutoff()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1, at: Some.Noon));

        Assert.True(profile.IsActiveSince(Some.Noon));
        Assert.True(profile.IsActiveSince(Some.Noon.AddTicks(-1)));
        Assert.False(profile.IsActiveSince(Some.Noon.AddTicks(1)));
    }

    [Fact]
    public void A_profile_moves_in_the_index_with_the_day_of_its_last_interaction()
    {
        var monday = Some.Profile.Applying(Some.Interaction(1, at: Some.Noon));

        Assert.Equal(ActiveBucket.Of(Some.User, Some.Noon), monday.ActiveBucket);
        Assert.Equal(
            monday.ActiveBucket,
            monday.Applying(Some.Interaction(2, at: Some.Noon.AddHours(11))).ActiveBucket
        );
        Assert.Equal(
            monday.ActiveBucket,
            monday.Applying(Some.Interaction(2, at: Some.Noon.AddDays(-9))).ActiveBucket
        );
        Assert.NotEqual(
            monday.ActiveBucket,
            monday.Applying(Some.Interaction(2, at: Some.Noon.AddHours(12))).ActiveBucket
        );
    }
}
