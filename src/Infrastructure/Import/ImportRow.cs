using System.Globalization;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import;

/// <summary>What a row of a file turned out to be.</summary>
public enum ImportRowKind
{
    /// <summary>An event, still to be validated.</summary>
    Event,

    /// <summary>
    /// A row that is no interaction and not meant to be one; see <see cref="ImportRow.SkippedBecause"/>.
    /// </summary>
    Skipped,

    /// <summary>A row that can't be read as an event; see <see cref="ImportRow.Rejection"/>.</summary>
    Rejected,

    /// <summary>Not a row of its own: what the file says of an item, before the first event with it.</summary>
    Item,
}

/// <summary>One step through a file of interactions.</summary>
public readonly record struct ImportRow
{
    /// <summary>A row from a cancelled invoice.</summary>
    public const string Cancellation = "cancellation";

    /// <summary>A sale to nobody known.</summary>
    public const string NoCustomer = "no customer";

    /// <summary>An event of a tracker with nothing to recommend.</summary>
    public const string NoItem = "no item";

    public required ImportRowKind Kind { get; init; }

    /// <summary>Where the row begins, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The event's place in its line, where the line is an array of events.</summary>
    public int Index { get; init; }

    /// <summary>The event; for a rejected row what could be read of it.</summary>
    public RawInteraction Event { get; init; }

    /// <summary>
    /// The time as the file has it, where <see cref="Event"/> has another so that the order of the file is kept; null
    /// otherwise. An event id that is made of the row's content uses this one.
    /// </summary>
    public string? TimeAsWritten { get; init; }

    public string? SkippedBecause { get; init; }

    public Rejection? Rejection { get; init; }

    public CatalogItem? Item { get; init; }

    /// <summary>
    /// The row's own bytes where they say more than <see cref="Event"/>; at most 64 KiB of a rejected row. In the
    /// reader's buffer, so gone with the next row: <see cref="ToRawBytes"/> copies.
    /// </summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>What to quarantine: the bytes as they came, or the fields of a table's row as a JSON event.</summary>
    public byte[] ToRawBytes() => Raw.IsEmpty ? EventEncoder.Encode(Event) : Raw.ToArray();

    /// <summary>The row as one whose time can't be read.</summary>
    internal ImportRow WithBadTime(string column, string text, string reason)
    {
        var shown = text.Length > 40 ? text[..40] + "…" : text;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"line {Line}, column '{column}': '{shown}' {reason}."
        );
        return this with
        {
            Kind = ImportRowKind.Rejected,
            Rejection = new Rejection(RejectionCode.InvalidTime, message),
        };
    }
}
