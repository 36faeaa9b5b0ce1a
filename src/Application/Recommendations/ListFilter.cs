using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>What a reader wants of a list.</summary>
/// <param name="Exclude">Items that must not be in it; null for none.</param>
/// <param name="Category">One of the item's categories, as the catalogue writes it, whatever its capitals; null for any.</param>
/// <param name="Shown">What earlier pages showed; null for the first page.</param>
public sealed record ListFilter(IReadOnlySet<ItemId>? Exclude = null, string? Category = null, ShownItems? Shown = null)
{
    /// <summary>How many candidates are looked at where a category thins them out.</summary>
    private const int CandidatesOfCategory = 1000;

    public static readonly ListFilter None = new();

    internal bool IsEmpty => Category is null && Shown is null && Exclude is null or { Count: 0 };

    /// <summary>How many items to rank so that enough are left.</summary>
    internal int Candidates(int count) => Category is not null
        ? CandidatesOfCategory
        : Math.Min(Recommend.MaximumCount, count + (Exclude?.Count ?? 0) + (Shown?.Count ?? 0));

    /// <summary>The first of the items that this filter and the test let through.</summary>
    internal async Task<RankedItems> ApplyAsync(
        RankedItems items, Func<RankedItem, bool> isOffered, int count, IItemCatalog catalog, CancellationToken cancellationToken)
    {
        if (Category is null)
            return items.Where(item => isOffered(item) && LetsThrough(item.ItemId), count);
        var left = items.Where(item => isOffered(item) && LetsThrough(item.ItemId), items.Count);
        var found = await catalog.FindAsync([.. left.Select(item => item.ItemId)], cancellationToken);
        return left.Where(item => found.GetValueOrDefault(item.ItemId) is { } known
            && known.Categories.Contains(Category, StringComparer.OrdinalIgnoreCase), count);
    }

    private bool LetsThrough(ItemId item) => Exclude?.Contains(item) != true && Shown?.Contains(item) != true;
}
