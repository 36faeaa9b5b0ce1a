using Recommendation.Application.Items;

namespace Recommendation.AdminApi.Items;

/// <summary>The items that were found.</summary>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record ItemsDocument(IReadOnlyList<ItemDocument> Items, string? Next = null);

/// <summary>How many distinct items were added or replaced.</summary>
internal sealed record ImportedItemsDocument(int Imported);
