namespace Recommendation.Domain.Items;

/// <summary>The fields of items that an index keeps. Every attribute but vectors is one, too.</summary>
public static class IndexedFields
{
    /// <summary>The categories, their parts and the beginnings of their paths. No attribute has the name.</summary>
    internal const string Path = "#path";

    private const char Separator = '>';

    private static readonly HashSet<string> s_unindexed =
        new(StringComparer.Ordinal) { "title", "description", "imageUrl", "url" };

    /// <summary>Whether an index keeps a property of items: not the long texts that differ from item to item.</summary>
    public static bool IsIndexed(string field) => !s_unindexed.Contains(field);

    /// <summary>Whether every item has a field.</summary>
    public static bool IsAlwaysThere(string field) => field is "itemId" or "categories" or "available";

    /// <summary>A time as a number: milliseconds since 1970, with fractions.</summary>
    public static double NumberOf(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (double)TimeSpan.TicksPerMillisecond;

    /// <summary>Under which term the items of a category are found.</summary>
    internal static string PathTerm(string category)
    {
        var parts = Parts(category);
        return parts.Length > 1 ? string.Join(Separator, parts) : Fold(category.Trim());
    }

    /// <summary>The terms that a category is found under; some of them twice.</summary>
    internal static IEnumerable<string> PathTerms(string category)
    {
        yield return Fold(category.Trim());
        if (!category.Contains(Separator))
            yield break;
        var parts = Parts(category);
        for (var length = 1; length <= parts.Length; length++)
        {
            yield return parts[length - 1];
            if (length > 1)
                yield return string.Join(Separator, parts[..length]);
        }
    }

    private static string[] Parts(string category) =>
        Fold(category).Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Fold(string text) => text.ToUpperInvariant();
}
