using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import.Internals;

/// <summary>The texts of one item of a catalogue file, and the rules by which they make an item.</summary>
/// <param name="HasTitle">Whether the file says what the title is: an empty one removes it.</param>
/// <param name="Categories">Null where the file does not say.</param>
/// <param name="HasAvailable">Whether the file says whether the item is available.</param>
internal readonly record struct ItemFields(
    string? ItemId,
    string? Title,
    bool HasTitle,
    IReadOnlyList<string>? Categories,
    string? Available,
    bool HasAvailable
)
{
    internal const int MaximumTitle = 1000;

    private static readonly char[] s_separators = ['|', '>'];

    internal static IReadOnlyList<string> Split(string? categories) =>
        categories?.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    internal static ItemId? IdOf(string? text)
    {
        // The event rules say what an id is; a user is needed to ask them.
        var validated = Interaction.Validate(
            new RawInteraction { UserId = "-", ItemId = text },
            Domain.Timestamps.Earliest
        );
        return validated.Accepted?.ItemId;
    }

    internal ItemRow ToRow(long line, ReadOnlyMemory<byte> raw)
    {
        var validated = Interaction.Validate(
            new RawInteraction { UserId = "-", ItemId = ItemId },
            Domain.Timestamps.Earliest
        );
        if (!validated.IsAccepted)
            return ItemRow.Rejected(line, validated.Rejected, raw);
        if (Title is { Length: > MaximumTitle })
            return ItemRow.Rejected(
                line,
                Malformed($"title has {Title.Length} characters; at most {MaximumTitle} are allowed."),
                raw
            );
        if (ReadAvailable(Available) is not { } available)
            return ItemRow.Rejected(line, Malformed("available is neither true nor false."), raw);
        var change = new ItemChange(
            validated.Accepted.ItemId,
            HasTitle ? Title?.Trim() ?? "" : null,
            Categories,
            HasAvailable ? available : null
        );
        return new ItemRow
        {
            Line = line,
            Change = change,
            Raw = raw,
        };
    }

    private static bool? ReadAvailable(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        null or "" or "TRUE" or "YES" or "Y" or "1" => true,
        "FALSE" or "NO" or "N" or "0" => false,
        _ => null,
    };

    private static Rejection Malformed(string message) => new(RejectionCode.Malformed, message);
}
