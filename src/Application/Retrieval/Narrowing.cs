using Recommendation.Domain.Items;

namespace Recommendation.Application.Retrieval;

/// <summary>Finds the items that a list may hold in the index of the catalogue, where they are few.</summary>
internal sealed class Narrowing(CatalogueIndex index)
{
    /// <summary>Of more items, a list is filled sooner from what is ranked and popular.</summary>
    internal const int MostItems = 20_000;

    /// <summary>Narrows a list if its filter is likely to let few items through.</summary>
    internal Task NarrowRareAsync(ListRetrieval list, CancellationToken cancellationToken) =>
        NarrowAsync(list, isRare: true, cancellationToken);

    /// <summary>Narrows a list that is short.</summary>
    internal Task NarrowAsync(ListRetrieval list, CancellationToken cancellationToken) =>
        NarrowAsync(list, isRare: false, cancellationToken);

    private async Task NarrowAsync(ListRetrieval list, bool isRare, CancellationToken cancellationToken)
    {
        if (list.IsFull || !list.CanNarrow)
            return;
        var selector = list.Eligibility.Filter.Selector;
        if (selector == ItemSelector.All || await index.FindAsync(cancellationToken) is not { Count: > 0 } known)
            return;
        if (isRare && known.ShareOf(selector) * known.Count > MostItems / 2.0)
            return;
        if (known.Select(selector, MostItems) is { } among)
            list.Narrow(among);
    }
}
