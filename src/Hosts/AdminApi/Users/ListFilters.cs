using System.Text;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Users;

internal static class ListFilters
{
    private const int MaximumExcluded = 500;
    private const int MaximumCategories = 50;
    private const int MaximumCategoryLength = 200;

    /// <param name="exclude">Item ids: the parameter repeated, or ids divided by commas. A comma of an id is written
    /// <c>\,</c>, and a backslash <c>\\</c>.</param>
    /// <param name="category">Categories of the catalogue, of which an item must have one: the parameter
    /// repeated.</param>
    /// <param name="cursor">What the page before gave as next; null for the first page.</param>
    internal static ListFilter? From(string[]? exclude, string[]? category, string? cursor = null)
    {
        if (exclude is null or { Length: 0 } && category is null or { Length: 0 } && cursor is null)
            return null;
        var seen = cursor is null ? null : SeenItemsCursor.TryParse(cursor) ?? throw Cursor.Unknown();
        return new ListFilter(Items([.. (exclude ?? []).SelectMany(Ids)]), Categories(category ?? []), seen);
    }

    /// <summary>The same of a body, whose ids are taken as they are.</summary>
    internal static ListFilter? Of(IReadOnlyList<string> exclude, IReadOnlyList<string> category) =>
        exclude.Count == 0 && category.Count == 0 ? null : new ListFilter(Items(exclude), Categories([.. category]));

    private static HashSet<ItemId> Items(IReadOnlyList<string> ids) =>
        ids.Count > MaximumExcluded
            ? throw ApiProblem.Wrong($"exclude has {ids.Count} items; give at most {MaximumExcluded}.")
            : [.. ids.Select(text => PathIds.Read(ItemId.Parse, text))];

    /// <summary>A backslash before anything but a comma or a backslash is one.</summary>
    private static IEnumerable<string> Ids(string text)
    {
        var id = new StringBuilder();
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || text[at] == ',')
            {
                if (id.ToString().Trim() is { Length: > 0 } whole)
                    yield return whole;
                id.Clear();
            }
            else
            {
                if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is ',' or '\\')
                    at++;
                id.Append(text[at]);
            }
        }
    }

    private static string[] Categories(string[] texts)
    {
        if (texts.Length > MaximumCategories)
            throw ApiProblem.Wrong(
                $"category is given {texts.Length} times; give it at most {MaximumCategories} times."
            );
        if (texts.FirstOrDefault(text => text is null or { Length: 0 or > MaximumCategoryLength }) is { } wrong)
            throw ApiProblem.Wrong($"category has {wrong.Length} characters; give 1–{MaximumCategoryLength}.");
        return texts;
    }
}
