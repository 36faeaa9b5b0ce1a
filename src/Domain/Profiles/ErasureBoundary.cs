using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// What an erasure covers. Its record is appended to the log: in the record's own partition the position decides alone,
/// in other partitions the arrival that the log gave the record. So no clock of a host decides what is erased.
/// </summary>
public sealed record ErasureBoundary
{
    /// <summary>When the record arrived: what arrived earlier in other partitions is erased.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>
    /// The partition of the record; null for erasures by earlier versions, which went by arrival in every partition.
    /// </summary>
    public string? Partition { get; init; }

    /// <summary>
    /// The record's own place, and all that the profile had applied when the tombstone took its place: erased as well,
    /// since it is neither in the profile nor delivered again.
    /// </summary>
    public IReadOnlyList<Watermark> Marks { get; init; } = [];

    /// <summary>
    /// The version of the tombstone; histories and lists of earlier versions are of what was erased. 0 if
    /// it is not known.
    /// </summary>
    public long Version { get; init; }

    /// <summary>A boundary at a record of the log.</summary>
    public static ErasureBoundary At(Position record, DateTimeOffset arrivedAt) => new()
    {
        ArrivedAt = Timestamps.ToMilliseconds(arrivedAt),
        Partition = record.Partition,
        Marks = [new(record.Partition, record.Sequence, record.Index, DateOnly.FromDateTime(arrivedAt.UtcDateTime))],
    };

    /// <summary>
    /// A boundary at a record of a log whose times are a host's. It never arrives before the user's earlier one: or an
    /// earlier erasure that is continued after a later one, by a host whose clock is ahead, would
    /// erase what came since.
    /// </summary>
    public static ErasureBoundary After(ErasureBoundary? earlier, Position record, DateTimeOffset requestedAt)
    {
        // Times are whole milliseconds: a rejected record of this one is covered, too.
        var arrivedAt = requestedAt.AddMilliseconds(1);
        return At(record, earlier?.ArrivedAt > arrivedAt ? earlier.ArrivedAt : arrivedAt);
    }

    /// <summary>Whether an interaction is erased.</summary>
    public bool Covers(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return Covers(interaction.Position, interaction.ArrivedAt) || CoversOrigin(interaction);
    }

    /// <summary>
    /// Whether an interaction is redriven from a record that is erased: a redrive may append after the erasure what it
    /// read before.
    /// </summary>
    public bool CoversOrigin(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return interaction.RedrivenFrom is { } first && Covers(first.Position, first.ArrivedAt);
    }

    /// <summary>Whether what has this position and arrival is erased.</summary>
    public bool Covers(Position position, DateTimeOffset arrivedAt) =>
        IsMarked(position)
        || (arrivedAt < ArrivedAt && !string.Equals(position.Partition, Partition, StringComparison.Ordinal));

    /// <summary>
    /// Whether this erasure covers the record of the other one, and so all that the other one does: by position, or by
    /// arrival if a split put the user into another shard in between.
    /// </summary>
    public bool Includes(ErasureBoundary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ArrivedAt >= other.ArrivedAt && other.Marks.All(
            mark => Covers(new Position(mark.Partition, mark.Sequence, mark.Index), other.ArrivedAt));
    }

    private bool IsMarked(Position position)
    {
        foreach (var mark in Marks)
        {
            if (string.Equals(mark.Partition, position.Partition, StringComparison.Ordinal) && mark.Covers(position))
                return true;
        }
        return false;
    }
}
