using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>Copies that a producer sends again, known by their event id.</summary>
public sealed class ApplyRepeatTests
{
    [Fact]
    public void An_event_that_the_producer_sent_twice_counts_once()
    {
        var applied = Some.Profile.Apply(
            [Some.Interaction(1, id: "e1"), Some.Interaction(2, id: "e1")],
            ProfilePolicy.Default
        );

        Assert.Equal((1, 1), (applied.Counted, applied.Repeated));
        Assert.Single(applied.Profile.Recent);
    }

    [Fact]
    public void A_copy_in_another_batch_and_partition_is_known_too()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1, id: "e1"));

        Assert.Equal(1, profile.Applying(Some.Interaction(9, id: "e1", partition: "p1")).InteractionCount);
    }

    [Fact]
    public void Events_without_an_id_are_never_taken_for_copies() =>
        Assert.Equal(
            3,
            Some.Profile.Applying(Some.Interaction(1), Some.Interaction(2), Some.Interaction(3)).InteractionCount
        );

    [Fact]
    public void A_copy_after_63_other_ids_is_dropped()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1, id: "first")).Applying(Some.Views(63, first: 2));

        Assert.Equal(64, profile.Applying(Some.Interaction(100, id: "first")).InteractionCount);
    }

    [Fact]
    public void The_guarantee_ends_there_and_a_copy_after_64_other_ids_counts_again()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1, id: "first")).Applying(Some.Views(64, first: 2));

        Assert.Equal(66, profile.Applying(Some.Interaction(100, id: "first")).InteractionCount);
    }

    [Fact]
    public void Redeliveries_and_events_without_an_id_do_not_use_up_the_guarantee()
    {
        var views = Some.Views(63, first: 2);
        var profile = Some.Profile.Applying(Some.Interaction(1, id: "first")).Applying(views).Applying(views)
            .Applying([.. Enumerable.Range(200, 100).Select(n => Some.Interaction(n))]);

        Assert.Equal(164, profile.Applying(Some.Interaction(300, id: "first")).InteractionCount);
    }

    [Fact]
    public void The_place_of_a_dropped_copy_is_marked_so_that_its_redelivery_never_counts()
    {
        var copy = Some.Interaction(2, id: "e0");
        var profile = Some.Profile.Applying(Some.Interaction(1, id: "e0"), copy).Applying(Some.Views(64, first: 3));

        var again = profile.Apply([copy], ProfilePolicy.Default);

        Assert.Equal((0, 1), (again.Counted, again.Redelivered));
    }

    [Fact]
    public void Ids_are_remembered_in_order_of_arrival_across_partitions()
    {
        // A call that spans partitions, as a rebuild from the archive does: the copy arrives right after the first,
        // although 64 events of the first partition are yet to come.
        var first = Some.Interaction(1, id: "first", partition: "a", arrived: Some.Noon);
        var copy = Some.Interaction(1, id: "first", partition: "b", arrived: Some.Noon.AddSeconds(1));
        var later = Some.Views(64, first: 2).Select(view => view with
        {
            Position = view.Position with { Partition = "a" },
            ArrivedAt = Some.Noon.AddMinutes(1),
        });

        Assert.Equal(65, Some.Profile.Applying([first, .. later, copy]).InteractionCount);
    }

    [Fact]
    public void Arrival_times_that_step_back_within_a_partition_lose_nothing()
    {
        var applied = Some.Profile.Apply(
            [
                Some.Interaction(1, arrived: Some.Noon.AddSeconds(9)),
                Some.Interaction(2, arrived: Some.Noon),
                Some.Interaction(1, partition: "p1", arrived: Some.Noon.AddSeconds(5)),
                Some.Interaction(3, arrived: Some.Noon.AddSeconds(4)),
            ],
            ProfilePolicy.Default);

        Assert.Equal((4, 0), (applied.Counted, applied.Redelivered));
    }

    [Fact]
    public void The_number_of_ids_to_remember_is_configurable()
    {
        var none = new ProfilePolicy { EventIdLimit = 0 };
        var one = new ProfilePolicy { EventIdLimit = 1 };
        Interaction[] events =
        [
            Some.Interaction(1, id: "a"),
            Some.Interaction(2, id: "a"),
            Some.Interaction(3, id: "b"),
            Some.Interaction(4, id: "a"),
        ];

        Assert.Equal(4, Some.Profile.Apply(events, none).Counted);
        Assert.Empty(Some.Profile.Apply(events, none).Profile.EventIds);
        Assert.Equal(3, Some.Profile.Apply(events, one).Counted);
        Assert.Single(Some.Profile.Apply(events, one).Profile.EventIds);
    }

    [Fact]
    public void At_most_64_ids_are_kept() => Assert.Equal(64, Some.Profile.Applying(Some.Views(200)).EventIds.Count);

    [Fact]
    public void A_redriven_event_counts_once_though_it_was_redriven_twice()
    {
        var id = new Position("p0", SequenceNumber.From(4)).ToRedriveEventId().Value;

        Assert.Equal(
            1,
            Some.Profile.Applying(Some.Interaction(50, id: id))
                .Applying(Some.Interaction(60, id: id))
                .InteractionCount
        );
    }
}
