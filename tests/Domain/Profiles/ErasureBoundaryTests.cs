using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>
/// Which of two erasures covers the other: one that is continued late must not erase what came since.
/// </summary>
public sealed class ErasureBoundaryTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_later_erasure_in_the_same_shard_includes_an_earlier_one() =>
        AssertOrder(At("shard-0", 1, 0), At("shard-0", 2, 0));

    [Fact]
    public void A_later_erasure_in_the_shard_of_a_split_includes_an_earlier_one() =>
        AssertOrder(At("shard-0", 1, 0), At("shard-1", 2, 1));

    [Fact]
    public void Of_two_that_arrived_at_once_in_different_shards_neither_includes_the_other()
    {
        Assert.False(At("shard-0", 1, 0).Includes(At("shard-1", 2, 0)));
        Assert.False(At("shard-1", 2, 0).Includes(At("shard-0", 1, 0)));
    }

    [Fact]
    public void In_its_own_shard_the_position_decides_whatever_the_arrival() =>
        Assert.False(At("shard-0", 1, 5).Includes(At("shard-0", 2, 0)));

    private static void AssertOrder(ErasureBoundary earlier, ErasureBoundary later)
    {
        Assert.True(later.Includes(earlier));
        Assert.False(earlier.Includes(later));
        Assert.True(later.Includes(later));
    }

    private static ErasureBoundary At(string shard, long sequence, int seconds) =>
        ErasureBoundary.At(new Position(shard, SequenceNumber.From(sequence)), s_noon.AddSeconds(seconds));
}
