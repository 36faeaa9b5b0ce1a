using System.Text.Json.Serialization;
using Recommendation.AdminApi.Http;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Items;

/// <summary>An item of the catalogue.</summary>
internal sealed record ItemDocument(string ItemId, string? Title, IReadOnlyList<string> Categories, bool Available)
{
    internal static ItemDocument From(CatalogItem item) => new(item.ItemId.Value, item.Title, item.Categories, item.Available);
}

/// <summary>The items that were found.</summary>
internal sealed record ItemsDocument(IReadOnlyList<ItemDocument> Items);

/// <summary>How many distinct items were added or replaced.</summary>
internal sealed record ImportedItemsDocument(int Imported);

/// <summary>An item to add or replace.</summary>
/// <param name="Title">At most 1,000 characters.</param>
/// <param name="Categories">From the widest to the narrowest; at most 20 of at most 200 characters.</param>
/// <param name="Available">False for what must not be recommended now.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ItemBody(string ItemId, string? Title = null, IReadOnlyList<string>? Categories = null, bool Available = true)
{
    private const int MaximumTitle = 1000;
    private const int MaximumCategories = 20;
    private const int MaximumCategory = 200;

    internal CatalogItem ToItem(int index)
    {
        if (Title is { Length: > MaximumTitle })
            throw ApiProblem.Wrong($"The title of item {index} has {Title.Length} characters; at most {MaximumTitle} are allowed.");
        if (Categories is { Count: > MaximumCategories } || Categories?.Any(category => category is null or { Length: 0 or > MaximumCategory }) == true)
            throw ApiProblem.Wrong($"Item {index} has more than {MaximumCategories} categories, or one that is empty or longer than {MaximumCategory} characters.");
        return new CatalogItem(PathIds.Read(Domain.Interactions.ItemId.Parse, ItemId), Title, Categories ?? [], Available);
    }
}
