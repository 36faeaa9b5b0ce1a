using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import.Internals;

/// <summary>What a file says of one item, and the rules by which that makes a change.</summary>
/// <param name="HasTitle">Whether the file says what the title is: an empty one removes it.</param>
/// <param name="Categories">Null where the file does not say.</param>
/// <param name="HasAvailable">Whether the file says whether the item is available.</param>
/// <param name="Values">The other properties and the attributes; null where the file says nothing of them.</param>
/// <param name="IsFromText">Whether the values are the texts of a table.</param>
internal readonly record struct ItemFields(
    string? ItemId,
    string? Title,
    bool HasTitle,
    IReadOnlyList<string>? Categories,
    string? Available,
    bool HasAvailable,
    Dictionary<string, AttributeValue?>? Values = null,
    bool IsFromText = false
)
{
    private const char PathSeparator = '>';

    /// <summary>
    /// Categories that are divided by <c>|</c>. One path alone is given as its parts, from the widest to the narrowest;
    /// of several, each stays a path.
    /// </summary>
    internal static IReadOnlyList<string> Split(string? categories)
    {
        var paths = Parts(categories, '|');
        return paths.Length == 1 ? Parts(paths[0], PathSeparator) :
        [
            .. paths.Select(path => string.Join($" {PathSeparator} ", Parts(path, PathSeparator)))
                .Where(path => path.Length > 0),
        ];
    }

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
        if (ReadAvailable(Available) is not { } available)
            return ItemRow.Rejected(line, Malformed("available is neither true nor false."), raw);
        var change = new ItemChange(
            validated.Accepted.ItemId,
            HasTitle ? Title?.Trim() ?? "" : null,
            Categories,
            HasAvailable ? available : null
        );
        if (Values is { } values)
            change = change with { Values = values, IsFromText = IsFromText };
        if (ItemRules.ProblemOf(change) is { } problem)
            return ItemRow.Rejected(line, Malformed(problem), raw);
        return new ItemRow
        {
            Line = line,
            Change = change,
            Raw = raw,
        };
    }

    private static string[] Parts(string? text, char separator) =>
        text?.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool? ReadAvailable(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        null or "" or "TRUE" or "YES" or "Y" or "1" => true,
        "FALSE" or "NO" or "N" or "0" => false,
        _ => null,
    };

    internal static Rejection Malformed(string message) => new(RejectionCode.Malformed, message);
}
