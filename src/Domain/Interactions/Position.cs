using System.Globalization;

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

    /// <summary>Reads what <see cref="ToString"/> writes: partition, sequence and index, divided by colons.</summary>
    /// <exception cref="FormatException">The text is no position.</exception>
    public static Position Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var last = text.LastIndexOf(':');
        var middle = last > 0 ? text.LastIndexOf(':', last - 1) : -1;
        if (
            middle > 0
            && int.TryParse(text.AsSpan(last + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        )
            return new Position(text[..middle], SequenceNumber.Parse(text[(middle + 1)..last]), index);
        throw new FormatException($"'{text}' is no position; it reads partition:sequence:index.");
    }

    /// <summary>Compares two places of one partition.</summary>
    public int CompareWithin(Position other)
    {
        var bySequence = Sequence.CompareTo(other.Sequence);
        return bySequence != 0 ? bySequence : Index.CompareTo(other.Index);
    }

    /// <summary>The event id under which a rejected event without an id comes back.</summary>
    public EventId ToRedriveEventId() => EventId.Parse($"redrive:{Partition}:{Sequence}:{Index}");

    public override string ToString() => IsAssigned ? $"{Partition}:{Sequence}:{Index}" : "unassigned";
}
