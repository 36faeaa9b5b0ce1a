using Recommendation.AdminApi.Http;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Users;

internal static class ListFilters
{
    private const int MaximumExcluded = 500;
    private const int MaximumCategoryLength = 200;

    /// <param name="exclude">Item ids: the parameter repeated, or ids divided by commas where none of them holds one.</param>
    /// <param name="category">A category of the catalogue.</param>
    internal static ListFilter? From(string[]? exclude, string? category)
    {
        if (exclude is null or { Length: 0 } && category is null)
            return null;
        if (category is { Length: 0 or > MaximumCategoryLength })
            throw ApiProblem.Wrong($"category has {category.Length} characters; give 1–{MaximumCategoryLength}.");
        var ids = (exclude ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (ids.Count > MaximumExcluded)
            throw ApiProblem.Wrong($"exclude has {ids.Count} items; give at most {MaximumExcluded}.");
        return new ListFilter(ids.Select(text => PathIds.Read(ItemId.Parse, text)).ToHashSet(), category);
    }
}
