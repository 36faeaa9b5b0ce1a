using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// The greatest position of a partition that a profile has applied: whatever is not beyond it was counted already.
/// </summary>
/// <param name="Day">The day (UTC) on which that interaction arrived; decides when the mark may be dropped.</param>
public readonly record struct Watermark(string Partition, SequenceNumber Sequence, int Index, DateOnly Day)
{
    public bool Covers(Position position)
    {
        var order = position.Sequence.CompareTo(Sequence);
        return order < 0 || (order == 0 && position.Index <= Index);
    }
}
