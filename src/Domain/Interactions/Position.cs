namespace Recommendation.Domain.Interactions;

/// <summary>
/// Where the log holds an interaction: partition, sequence of the record, index within the record (a record may carry
/// several events). The same position is the same delivery.
/// </summary>
/// <param name="Partition">The shard, or <c>local</c> for the one-machine log.</param>
/// <param name="Sequence">The record's sequence number within the partition.</param>
/// <param name="Index">The event's place within the record, from 0.</param>
public readonly record struct Position(string Partition, SequenceNumber Sequence, int Index = 0)
{
    /// <summary>Not in a log yet: the position of an interaction that is about to be appended.</summary>
    public static readonly Position Unassigned;

    public bool IsAssigned => Partition is not null;

    /// <summary>Compares two places of one partition.</summary>
    public int CompareWithin(Position other)
    {
        var bySequence = Sequence.CompareTo(other.Sequence);
        return bySequence != 0 ? bySequence : Index.CompareTo(other.Index);
    }

    /// <summary>The event id under which a rejected event comes back, whatever id it first had.</summary>
    public EventId ToRedriveEventId() => EventId.Parse($"redrive:{Partition}:{Sequence}:{Index}");

    public override string ToString() => IsAssigned ? $"{Partition}:{Sequence}:{Index}" : "unassigned";
}
