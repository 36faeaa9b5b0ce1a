using Recommendation.Domain.Items;
using Recommendation.Import.Internals.Columns;

namespace Recommendation.Import.Internals;

/// <summary>What columns and members of catalogue files are called in the catalogue.</summary>
internal static class ItemNames
{
    private const int MostCharacters = 64;

    private static readonly string[] s_own = ["itemId", "title", "categories", "available"];

    /// <summary>
    /// The property that a column holds, whatever its capitals, spaces and underscores, or else the name of the
    /// attribute that it is: other characters than letters and digits become underscores.
    /// </summary>
    /// <returns>Null for a column without a name, and for those that are read in a way of their own.</returns>
    internal static string? Of(string column)
    {
        var trimmed = column.Trim();
        if (trimmed.Length == 0 || s_own.Contains(trimmed, StringComparer.OrdinalIgnoreCase))
            return null;
        var normalised = ColumnNames.Normalise(trimmed);
        if (ItemProperty.All.FirstOrDefault(one => Is(one.Name, normalised)) is { } property)
            return property.Name;
        var name = string.Concat(trimmed.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        if (char.IsAsciiDigit(name[0]))
            name = "_" + name;
        return name.Length <= MostCharacters ? name : name[..MostCharacters];
    }

    private static bool Is(string property, string normalised) =>
        ColumnNames.Normalise(property).Equals(normalised, StringComparison.OrdinalIgnoreCase);
}
