using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

public sealed class MarkRetentionTests
{
    private static readonly ProfilePolicy s_oneDay = new() { LogRetention = TimeSpan.FromDays(1) };

    [Theory]
    [InlineData(24, 2, true)]
    [InlineData(24, 3, false)]
    [InlineData(36, 3, true)]
    [InlineData(36, 4, false)]
    [InlineData(168, 8, true)]
    [InlineData(168, 9, false)]
    public void A_mark_is_dropped_after_the_retention_and_a_day_and_not_earlier(int hours, int daysLater, bool kept)
    {
        var policy = new ProfilePolicy { LogRetention = TimeSpan.FromHours(hours) };
        // One late on its day, the other early: what arrived last on a day is retained longest.
        var old = Some.Profile.Apply([On(0, "old", timeOfDay: new(23, 59, 59))], policy).Profile;

        var next = old.Apply([On(daysLater, "new")], policy).Profile;

        Assert.Equal(kept ? "new old" : "new", string.Join(' ', next.Marks.Select(mark => mark.Partition)));
        Assert.Equal(2, next.InteractionCount);
    }

    [Fact]
    public void A_mark_that_moves_stays()
    {
        var profile = Some.Profile.Apply([On(0, "a"), On(0, "b")], s_oneDay).Profile;
        profile = profile.Apply([On(2, "a", sequence: 2)], s_oneDay).Profile;

        profile = profile.Apply([On(4, "c")], s_oneDay).Profile;

        Assert.Equal("a c", string.Join(' ', profile.Marks.Select(mark => mark.Partition)));
    }

    [Fact]
    public void The_day_of_a_mark_does_not_step_back()
    {
        var profile = Some.Profile.Apply([On(3, "a"), On(0, "a", sequence: 2)], s_oneDay).Profile;

        Assert.Equal(new DateOnly(2026, 3, 4), Assert.Single(profile.Marks).Day);
    }

    [Fact]
    public void A_log_that_keeps_records_for_ever_keeps_the_marks_for_ever()
    {
        var profile = Some.Profile.Apply([On(0, "a")], ProfilePolicy.Default).Profile;

        Assert.Equal(2, profile.Apply([On(9999, "b")], ProfilePolicy.Default).Profile.Marks.Count);
    }

    [Fact]
    public void A_redelivery_alone_drops_no_mark()
    {
        var profile = Some.Profile.Apply([On(0, "a"), On(9, "b")], ProfilePolicy.Default).Profile;

        Assert.Same(profile, profile.Apply([On(9, "b")], s_oneDay).Profile);
    }

    [Fact]
    public void The_longest_retention_that_can_be_set_works()
    {
        var policy = new ProfilePolicy { LogRetention = ProfilePolicy.MaximumLogRetention };

        Assert.Equal(2, Some.Profile.Apply([On(0, "a"), On(9999, "b")], policy).Profile.Marks.Count);
    }

    private static Interaction On(int day, string partition, TimeSpan timeOfDay = default, long sequence = 1) =>
        Some.Interaction(
            sequence,
            partition: partition,
            arrived: new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day) + timeOfDay
        );
}
