namespace Recommendation.Domain.Items;

/// <summary>
/// Categories as paths. An element of an item's categories that contains <c>&gt;</c> is a path of its own, such as
/// <c>Home &gt; Kitchen</c>; the elements without are together one path, from the widest to the narrowest.
/// </summary>
public static class CategoryPath
{
    private const char Separator = '>';

    /// <summary>The paths, each from the widest to the narrowest part.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        var plain = categories.Where(category => !IsPath(category)).ToList();
        var paths = categories.Where(IsPath).Select(category => (IReadOnlyList<string>)Segments(category)).ToList();
        return plain.Count > 0 ? [plain, .. paths] : paths;
    }

    /// <summary>
    /// Whether an item of the category is asked for: the category itself, a part of its path, or where the path begins;
    /// whatever the capitals.
    /// </summary>
    public static bool Matches(string category, string wanted)
    {
        ArgumentNullException.ThrowIfNull(category);
        ArgumentNullException.ThrowIfNull(wanted);
        if (category.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            return true;
        if (!IsPath(category))
            return false;
        var parts = Segments(category);
        if (!IsPath(wanted))
            return parts.Contains(wanted.Trim(), StringComparer.OrdinalIgnoreCase);
        var beginning = Segments(wanted);
        return beginning.Length <= parts.Length
            && parts.AsSpan(0, beginning.Length).SequenceEqual(beginning, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsPath(string category) => category.Contains(Separator) && Segments(category).Length > 1;

    private static string[] Segments(string category) =>
        category.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
