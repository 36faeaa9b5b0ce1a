using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import;

/// <summary>One row of a catalogue file: an item, or the reason why it is none.</summary>
public readonly record struct ItemRow
{
    /// <summary>Where the row begins, from 1.</summary>
    public required long Line { get; init; }

    public CatalogItem? Item { get; init; }

    public Rejection? Rejection { get; init; }

    /// <summary>The row as it came; at most 64 KiB of a rejected one. Valid until the next row is read.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    internal static ItemRow Rejected(long line, Rejection rejection, ReadOnlyMemory<byte> raw) =>
        new() { Line = line, Rejection = rejection, Raw = Internals.RowLimits.Cap(raw) };
}
