using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

public sealed class ErasureTests
{
    private static readonly UserProfile s_full = Some.Profile
        .Apply(Some.Views(5), new ProfilePolicy { RecentLimit = 3 }).Profile with
    { Version = 7, HistoryKey = HistoryKey.New(6, 1) };

    [Fact]
    public void An_erased_profile_holds_nothing_but_its_marks_and_the_time()
    {
        var erased = s_full.Erase(Some.Noon.AddHours(1).AddTicks(9));

        Assert.True(erased.IsEmpty);
        Assert.Empty(erased.Recent);
        Assert.Equal((0, null), (erased.Pending.Count, erased.HistoryKey));
        Assert.Empty(erased.Counts);
        Assert.Empty(erased.EventIds);
        Assert.Null(erased.FirstInteraction);
        Assert.Null(erased.ActiveBucket);
        Assert.Equal(Some.User, erased.UserId);
        Assert.Equal(Some.Noon.AddHours(1), erased.ErasedAt);
        Assert.Equal(s_full.Marks, erased.Marks);
    }

    [Fact]
    public void Versions_go_on_so_that_a_writer_of_the_old_profile_fails() =>
        Assert.Equal(7, s_full.Erase(Some.Noon).Version);

    [Fact]
    public void What_arrived_before_the_erasure_is_dropped_and_what_arrived_after_counts()
    {
        var erased = s_full.Erase(Some.Noon.AddHours(1));

        var next = erased.Apply(
            [
                Some.Interaction(6, arrived: Some.Noon.AddHours(1).AddMilliseconds(-1)),
                Some.Interaction(7, "after", at: Some.Noon.AddDays(-1), arrived: Some.Noon.AddHours(1)),
                Some.Interaction(1, partition: "new", arrived: Some.Noon),
            ],
            ProfilePolicy.Default);

        Assert.Equal((1, 2), (next.Counted, next.Erased));
        Assert.Equal("after", Assert.Single(next.Profile.Recent).ItemId.Value);
        Assert.Equal(Some.Noon.AddHours(1), next.Profile.ErasedAt);
        Assert.Equal(7, next.Profile.Version);
    }

    [Fact]
    public void The_order_of_delivery_does_not_matter_to_what_is_dropped()
    {
        var erased = s_full
            .Erase(Some.Noon.AddHours(1))
            .Applying(Some.Interaction(1, partition: "new", arrived: Some.Noon.AddHours(2)));

        var again = erased.Apply([Some.Interaction(6, arrived: Some.Noon)], ProfilePolicy.Default);

        Assert.Equal(1, again.Erased);
        Assert.Same(erased, again.Profile);
    }

    [Fact]
    public void What_was_counted_before_does_not_come_back_even_if_clocks_differ()
    {
        var erased = s_full.Erase(Some.Noon.AddMinutes(-1));

        var again = erased.Apply(Some.Views(5), ProfilePolicy.Default);

        Assert.Equal(5, again.Redelivered);
        Assert.Same(erased, again.Profile);
    }

    [Fact]
    public void In_the_partition_of_its_record_an_erasure_goes_by_position_and_elsewhere_by_arrival()
    {
        var record = new Position(Some.Interaction(1).Position.Partition, SequenceNumber.From(10));
        var erased = s_full.Erase(ErasureBoundary.At(record, Some.Noon.AddHours(1)));

        var next = erased.Apply(
            [
                Some.Interaction(9, arrived: Some.Noon.AddYears(9)),
                Some.Interaction(11, "after", arrived: Some.Noon.AddYears(-1)),
                Some.Interaction(1, partition: "other", arrived: Some.Noon.AddHours(1).AddMilliseconds(-1)),
                Some.Interaction(2, "later", partition: "other", arrived: Some.Noon.AddHours(1)),
            ],
            ProfilePolicy.Default);

        Assert.Equal((2, 2), (next.Counted, next.Erased));
        Assert.Equal(
            ["after", "later"],
            next.Profile.Recent.Select(recent => recent.ItemId.Value).Order(StringComparer.Ordinal)
        );
        Assert.Equal(8, erased.Erasure!.Version);
    }

    [Fact]
    public void What_the_profile_had_applied_is_erased_also_beyond_the_record()
    {
        var applied = Some.Interaction(7, partition: "other", arrived: Some.Noon.AddHours(2));
        var record = ErasureBoundary.At(new Position("records", SequenceNumber.From(1)), Some.Noon.AddHours(1));
        var erased = s_full.Applying(applied).Erase(record);

        Assert.True(erased.Erasure!.Covers(applied));
        Assert.True(erased.Erasure.Includes(record));
        Assert.False(record.Includes(erased.Erasure));
        Assert.Equal(1, erased.Apply([applied], ProfilePolicy.Default).Erased);
    }

    [Fact]
    public void A_user_who_was_never_seen_can_be_erased_too()
    {
        var erased = Some.Profile.Erase(Some.Noon);

        Assert.Equal(0, erased.Applying(Some.Interaction(1, arrived: Some.Noon.AddSeconds(-1))).InteractionCount);
    }

    [Fact]
    public void The_latest_of_several_erasures_stands()
    {
        Assert.Equal(Some.Noon.AddHours(2), s_full.Erase(Some.Noon.AddHours(2)).Erase(Some.Noon).ErasedAt);
        Assert.Equal(Some.Noon.AddHours(2), s_full.Erase(Some.Noon).Erase(Some.Noon.AddHours(2)).ErasedAt);
    }
}
