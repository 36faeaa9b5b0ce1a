using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>Copies that the log delivers again, known by their position.</summary>
public sealed class ApplyDeliveryTests
{
    [Fact]
    public void A_redelivered_batch_counts_once()
    {
        Interaction[] batch = [Some.Interaction(1), Some.Interaction(2), Some.Interaction(3)];
        var once = Some.Profile.Applying(batch);

        var again = once.Apply(batch, ProfilePolicy.Default);

        Assert.Equal(3, again.Profile.InteractionCount);
        Assert.Equal((0, 3, 0, 0), (again.Counted, again.Redelivered, again.Repeated, again.Erased));
        Assert.Same(once, again.Profile);
    }

    [Fact]
    public void A_batch_redelivered_in_part_with_new_records_counts_the_new_ones()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1), Some.Interaction(2));

        var next = profile.Apply([Some.Interaction(2), Some.Interaction(3)], ProfilePolicy.Default);

        Assert.Equal((1, 1), (next.Counted, next.Redelivered));
        Assert.Equal(3, next.Profile.InteractionCount);
    }

    [Fact]
    public void A_copy_within_one_call_counts_once()
    {
        var applied = Some.Profile.Apply(
            [Some.Interaction(1), Some.Interaction(1), Some.Interaction(2), Some.Interaction(1)],
            ProfilePolicy.Default
        );

        Assert.Equal((2, 2), (applied.Counted, applied.Redelivered));
    }

    [Fact]
    public void The_events_of_a_record_are_told_apart_by_their_index()
    {
        Interaction[] record =
        [
            Some.Interaction(1, "a"),
            Some.Interaction(1, "b", index: 1),
            Some.Interaction(1, "c", index: 2),
        ];
        var half = Some.Profile.Applying(record[..2]);

        var whole = half.Apply(record, ProfilePolicy.Default);

        Assert.Equal((1, 2), (whole.Counted, whole.Redelivered));
        Assert.Equal(3, whole.Profile.InteractionCount);
    }

    [Fact]
    public void Positions_out_of_order_within_a_call_lose_nothing()
    {
        var applied = Some.Profile.Apply(
            [
                Some.Interaction(30),
                Some.Interaction(10, partition: "p1"),
                Some.Interaction(10),
                Some.Interaction(20, index: 1),
                Some.Interaction(20),
                Some.Interaction(9, partition: "p1"),
            ],
            ProfilePolicy.Default);

        Assert.Equal((6, 0), (applied.Counted, applied.Redelivered));
        Assert.Equal(
            [("p0", "30"), ("p1", "10")],
            applied.Profile.Marks.Select(mark => (mark.Partition, mark.Sequence.Value))
        );
    }

    [Fact]
    public void A_call_that_starts_where_the_last_one_ended_in_another_number_of_digits_loses_nothing()
    {
        var profile = Some.Profile.Applying(Some.Interaction(999));

        Assert.Equal(2, profile.Applying(Some.Interaction(1000)).InteractionCount);
    }

    [Fact]
    public void Each_partition_has_a_mark_of_its_own()
    {
        var profile = Some.Profile.Applying(Some.Interaction(500, partition: "p1"));

        var next = profile.Applying(
            Some.Interaction(1, partition: "p0"),
            Some.Interaction(1, partition: "p2"),
            Some.Interaction(400, partition: "p1")
        );

        Assert.Equal(3, next.InteractionCount);
        Assert.Equal("p0 p1 p2", string.Join(' ', next.Marks.Select(mark => mark.Partition)));
    }

    [Fact]
    public void After_resharding_the_new_partition_starts_anew_and_the_old_one_is_still_known()
    {
        var before = Some.Profile.Applying(
            Some.Interaction(700, partition: "shard-0"),
            Some.Interaction(701, partition: "shard-0")
        );

        var after = before
            .Applying(Some.Interaction(3, partition: "shard-4"))
            .Applying(Some.Interaction(701, partition: "shard-0"));

        Assert.Equal(3, after.InteractionCount);
    }

    [Fact]
    public void Marks_that_a_store_gives_back_in_another_order_are_still_known()
    {
        var profile = Some.Profile.Applying(
            Some.Interaction(5, partition: "a"),
            Some.Interaction(6, "i2", "purchase", partition: "b"),
            Some.Interaction(7, "i2", "like", partition: "c")
        );
        var shuffled = profile with { Marks = [.. profile.Marks.Reverse()], Counts = [.. profile.Counts.Reverse()] };

        var next = shuffled.Apply(
            [
                Some.Interaction(5, partition: "a"),
                Some.Interaction(6, partition: "b"),
                Some.Interaction(8, "i2", "like", partition: "c"),
            ],
            ProfilePolicy.Default
        );

        Assert.Equal((1, 2), (next.Counted, next.Redelivered));
        Assert.Equal("a b c", string.Join(' ', next.Profile.Marks.Select(mark => mark.Partition)));
        Assert.Equal(
            [("like", 2), ("purchase", 1), ("view", 1)],
            next.Profile.Counts.Select(count => (count.Type.Value, count.Count))
        );
    }

    [Fact]
    public void Nothing_to_apply_leaves_the_profile_as_it_is()
    {
        var profile = Some.Profile.Applying(Some.Interaction(1));

        Assert.Same(profile, profile.Apply([], ProfilePolicy.Default).Profile);
    }

    [Fact]
    public void Applying_changes_no_earlier_profile()
    {
        var before = Some.Profile.Applying(Some.Views(3));
        var (recent, counts, marks, ids) = (
            before.Recent.ToArray(),
            before.Counts.ToArray(),
            before.Marks.ToArray(),
            before.EventIds.ToArray()
        );

        before.Applying(Some.Views(100, first: 4));

        Assert.Equal(recent, before.Recent);
        Assert.Equal(counts, before.Counts);
        Assert.Equal(marks, before.Marks);
        Assert.Equal(ids, before.EventIds);
    }

    [Fact]
    public void An_interaction_of_another_user_or_without_a_position_breaks_the_contract()
    {
        var other = Some.Interaction(1) with { UserId = UserId.Parse("bob") };
        var unassigned = Some.Interaction(1) with { Position = Position.Unassigned };

        Assert.Throws<ArgumentException>(() => Some.Profile.Applying(Some.Interaction(1), other));
        Assert.Throws<ArgumentException>(() => Some.Profile.Applying(unassigned));
        Assert.Throws<ArgumentException>(() => Some.Profile.Applying(unassigned, Some.Interaction(1)));
    }
}
