using Recommendation.AdminApi.Http;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Users;

internal static class ListFilters
{
    private const int MaximumExcluded = 500;
    private const int MaximumCategoryLength = 200;

    /// <param name="exclude">Item ids: the parameter repeated, or ids divided by commas.</param>
    /// <param name="category">A category of the catalogue.</param>
    /// <param name="cursor">What the page before gave as next; null for the first page.</param>
    internal static ListFilter? From(string[]? exclude, string? category, string? cursor = null)
    {
        if (exclude is null or { Length: 0 } && category is null && cursor is null)
            return null;
        if (category is { Length: 0 or > MaximumCategoryLength })
            throw ApiProblem.Wrong($"category has {category.Length} characters; give 1–{MaximumCategoryLength}.");
        var ids = (exclude ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (ids.Count > MaximumExcluded)
            throw ApiProblem.Wrong($"exclude has {ids.Count} items; give at most {MaximumExcluded}.");
        var shown = cursor is null ? null : ShownItems.TryParse(cursor) ?? throw Cursor.Unknown();
        return new ListFilter(ids.Select(text => PathIds.Read(ItemId.Parse, text)).ToHashSet(), category, shown);
    }

    internal static string NextOf(ListFilter? filter, ShownList list) =>
        ShownItems.Of(filter?.Shown, list.Items.Select(item => item.ItemId)).ToString();
}
