using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import;

/// <summary>One row of a catalogue file: an item, or the reason why it is none.</summary>
public readonly record struct ItemRow
{
    /// <summary>Where the row begins, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The item as if nothing were known of it.</summary>
    public CatalogItem? Item => Change?.ApplyTo(known: null);

    /// <summary>
    /// What the row says of the item: columns and members that the file does not have change nothing.
    /// </summary>
    public ItemChange? Change { get; init; }

    public Rejection? Rejection { get; init; }

    /// <summary>The row as it came; at most 64 KiB of a rejected one. Valid until the next row is read.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    internal static ItemRow Rejected(long line, Rejection rejection, ReadOnlyMemory<byte> raw) =>
        new() { Line = line, Rejection = rejection, Raw = Internals.RowLimits.Cap(raw) };
}
