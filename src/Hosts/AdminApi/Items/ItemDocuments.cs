using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Items;

/// <summary>An item of the catalogue.</summary>
internal sealed record ItemDocument(string ItemId, string? Title, IReadOnlyList<string> Categories, bool Available)
{
    internal static ItemDocument From(CatalogItem item) =>
        new(item.ItemId.Value, item.Title, item.Categories, item.Available);
}

/// <summary>The items that were found.</summary>
internal sealed record ItemsDocument(IReadOnlyList<ItemDocument> Items);

/// <summary>How many distinct items were added or changed.</summary>
internal sealed record ImportedItemsDocument(int Imported);
