using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class PositionTests
{
    [Fact]
    public void Positions_of_a_partition_are_ordered_by_sequence_and_then_by_index()
    {
        Position[] ordered = [At("9", 0), At("9", 1), At("9", 10), At("10", 0)];

        for (var i = 0; i < ordered.Length; i++)
        {
            for (var j = 0; j < ordered.Length; j++)
                Assert.Equal(i.CompareTo(j), Math.Sign(ordered[i].CompareWithin(ordered[j])));
        }
    }

    [Fact]
    public void The_same_place_is_the_same_position_however_its_number_was_written() =>
        Assert.Equal(At("007", 1), At("7", 1));

    [Fact]
    public void A_position_is_unassigned_until_the_log_gives_one()
    {
        Assert.False(Position.Unassigned.IsAssigned);
        Assert.Equal(default, Position.Unassigned);
        Assert.Equal("unassigned", Position.Unassigned.ToString());
        Assert.True(At("0", 0).IsAssigned);
    }

    [Fact]
    public void A_redriven_event_has_an_id_of_its_own_made_of_its_first_position()
    {
        Assert.Equal("redrive:shard-1:42:3", At("42", 3).ToRedriveEventId().Value);
        Assert.NotEqual(At("42", 3).ToRedriveEventId(), At("42", 4).ToRedriveEventId());
    }

    private static Position At(string sequence, int index) => new("shard-1", SequenceNumber.Parse(sequence), index);
}
