using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>What is latest, and what is kept.</summary>
public sealed class ApplyOrderTests
{
    [Fact]
    public void A_late_event_counts_and_does_not_overwrite_the_latest()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1, "newer", at: Some.Noon));

        var next = profile.Applying(Some.Interaction(2, "older", at: Some.Noon.AddHours(-3)));

        Assert.Equal(2, next.InteractionCount);
        Assert.Equal(Some.Noon, next.LastInteraction);
        Assert.Equal("newer", next.LastItemId?.Value);
        Assert.Equal(Some.Noon.AddHours(-3), next.FirstInteraction);
    }

    [Theory]
    [InlineData("2026-03-01T12:30:00+02:00", "2026-03-01T11:00:00Z")] // as text the first is greater
    [InlineData("1772362800000", "2026-03-01T11:30:00")]
    [InlineData("2026-03-01T11:00:00Z", "1772364600000")]
    [InlineData("2026-03-01 11:00:00", "2026-03-01T11:00:00.001Z")]
    public void Times_of_mixed_formats_are_compared_as_times(string earlier, string later)
    {
        var first = Judged(earlier, "earlier", 2);
        var last = Judged(later, "later", 1);

        Assert.Equal("later", Some.Profile.Applying(last).Applying(first).LastItemId?.Value);
    }

    [Fact]
    public void Ties_in_time_go_by_event_id_then_item_then_type()
    {
        Interaction[] rising =
        [
            Some.Interaction(9, "a", "click"),
            Some.Interaction(8, "a", "view"),
            Some.Interaction(7, "b", "click"),
            Some.Interaction(6, "a", "click", "e1"),
            Some.Interaction(5, "a", "view", "e10"),
            Some.Interaction(4, "b", "click", "e10a"),
            Some.Interaction(3, "a", "click", "e2"),
            Some.Interaction(2, "a", "click", "é"),
            Some.Interaction(1, "a", "click", at: Some.Noon.AddMilliseconds(1)),
        ];

        var recent = Some.Profile.Applying(rising).Recent;

        Assert.Equal(rising.Reverse().Select(RecentInteraction.From), recent);
    }

    [Fact]
    public void Ids_that_tie_in_their_first_8_bytes_tie_and_the_item_decides()
    {
        var profile = Some.Profile.Applying(
            Some.Interaction(1, "b", id: "12345678-a"),
            Some.Interaction(2, "a", id: "12345678-z")
        );

        Assert.Equal("b", profile.LastItemId?.Value);
    }

    [Fact]
    public void The_newest_50_are_kept_newest_first()
    {
        var recent = Some.Profile.Applying([.. Some.Views(80).Reverse()]).Recent;

        Assert.Equal(
            Enumerable.Range(31, 50).Reverse().Select(n => ItemId.Parse($"i{n}")),
            recent.Select(one => one.ItemId)
        );
    }

    [Fact]
    public void An_event_older_than_all_that_is_kept_counts_and_is_not_kept()
    {
        var profile = Some.Profile.Applying(Some.Views(50));

        var next = profile.Applying(Some.Interaction(51, "ancient", at: Some.Noon.AddYears(-5)));

        Assert.Equal(51, next.InteractionCount);
        Assert.Equal(profile.Recent, next.Recent);
        Assert.Equal(Some.Noon.AddYears(-5), next.FirstInteraction);
    }

    [Fact]
    public void How_many_are_kept_is_configurable()
    {
        var three = new ProfilePolicy { RecentLimit = 3 };

        var applied = Some.Profile.Apply(Some.Views(10), three);

        Assert.Equal("i10 i9 i8", string.Join(' ', applied.Profile.Recent.Select(one => one.ItemId)));
        Assert.Equal(10, applied.Profile.InteractionCount);
    }

    [Fact]
    public void Counts_go_by_type_in_the_types_order_and_others_together()
    {
        string[] types = ["view", "share", "purchase", "view", "other", "add-to-cart", "listen"];
        var profile = Some.Profile.Applying([.. types.Select((type, i) => Some.Interaction(i, type: type))]);

        Assert.Equal(
            [("add-to-cart", 1), ("other", 3), ("purchase", 1), ("view", 2)],
            profile.Counts.Select(count => (count.Type.Value, count.Count))
        );
        Assert.Equal(profile.InteractionCount, profile.Counts.Sum(count => count.Count));
    }

    [Fact]
    public void A_type_counted_as_other_keeps_its_name_among_the_recent() =>
        Assert.Equal(
            "share",
            Assert.Single(Some.Profile.Applying(Some.Interaction(1, type: "share")).Recent).Type.Value
        );

    [Fact]
    public void An_impression_leaves_no_trace()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1));

        var applied = profile.Apply(
            [Some.Interaction(2, type: "impression"), Some.Interaction(3, type: "impressions")],
            ProfilePolicy.Default
        );

        Assert.Equal((0, 2), (applied.Counted, applied.NoActs));
        Assert.Same(profile, applied.Profile);
    }

    [Fact]
    public void Recent_interactions_and_counts_have_the_canonical_type()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1, type: "add_to_cart"));

        Assert.Equal(InteractionType.AddToCart, Assert.Single(profile.Recent).Type);
        Assert.Equal(new TypeCount(InteractionType.AddToCart, 1), Assert.Single(profile.Counts));
    }

    [Fact]
    public void Types_that_are_not_named_are_counted_by_name()
    {
        var applied = Some.Profile.Apply(
            [
                Some.Interaction(1, type: "share"),
                Some.Interaction(2, type: "share"),
                Some.Interaction(3, type: "hum"),
                Some.Interaction(4),
            ],
            ProfilePolicy.Default
        );

        Assert.Equal("share (2), hum (1)", applied.Unnamed!.ToText());
        Assert.Equal(4, applied.Profile.InteractionCount);
    }

    private static Interaction Judged(string time, string item, long sequence) =>
        Interaction
            .Validate(
                Some.Raw(time, item: item),
                Some.Noon,
                new Position("p" + sequence, SequenceNumber.From(sequence))
            )
            .Accepted!;
}
