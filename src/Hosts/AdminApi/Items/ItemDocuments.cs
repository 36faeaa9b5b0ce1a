using Recommendation.Application.Items;

namespace Recommendation.AdminApi.Items;

/// <summary>The items that were found.</summary>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record ItemsDocument(IReadOnlyList<ItemDocument> Items, string? Next = null);

/// <summary>What putting items would change.</summary>
/// <param name="Added">How many items the catalogue does not have.</param>
/// <param name="Changed">How many would be another than now.</param>
/// <param name="Unchanged">How many are already so.</param>
/// <param name="Items">The items that would be added or changed.</param>
internal sealed record ItemPreviewDocument(
    int Added, int Changed, int Unchanged, IReadOnlyList<PreviewedItemDocument> Items)
{
    internal static ItemPreviewDocument From(PreviewedItems preview)
    {
        var changed = preview.Items.Where(one => one.After != one.Before).ToList();
        var added = changed.Count(one => one.Before is null);
        return new(
            added, changed.Count - added, preview.Items.Count - changed.Count,
            [.. changed.Select(one => new PreviewedItemDocument(
                one.Before is { } before ? ItemDocument.From(before) : null, ItemDocument.From(one.After)))]);
    }
}

/// <summary>An item before and after.</summary>
/// <param name="Before">Null for an item that the catalogue does not have.</param>
/// <param name="After">The item as it would be.</param>
internal sealed record PreviewedItemDocument(ItemDocument? Before, ItemDocument After);

/// <summary>How many distinct items were added or replaced.</summary>
internal sealed record ImportedItemsDocument(int Imported);
