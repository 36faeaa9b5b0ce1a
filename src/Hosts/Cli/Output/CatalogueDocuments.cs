using Recommendation.Application.Items;
using Recommendation.Application.Ports;

namespace Recommendation.Cli.Output;

/// <summary>Some items of the catalogue.</summary>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record CatalogueDocument(IReadOnlyList<ItemDocument> Items, string? Next)
{
    internal static CatalogueDocument From(ItemPage page) =>
        new([.. page.Items.Select(ItemDocument.From)], page.Next);
}

/// <summary>How many items were deleted.</summary>
internal sealed record DeletedItemsDocument(int Deleted);
