using System.Text.Json;
using Recommendation.Client.Calls;

namespace Recommendation.Client;

/// <summary>The catalogue.</summary>
public sealed class ItemsClient
{
    private readonly ApiCalls _calls;

    internal ItemsClient(ApiCalls calls) => _calls = calls;

    /// <summary>An item.</summary>
    /// <exception cref="RecommendationApiException">Code <c>not-found</c>: the catalogue does not have it.</exception>
    public async Task<CatalogItem> GetAsync(string itemId, CancellationToken cancellationToken = default)
    {
        // This path is the list of popular items, so the item of that name is found by its id.
        if (itemId is "popular")
            return await FindAsync([itemId], cancellationToken) is [var item]
                ? item
                : throw new RecommendationApiException("The catalogue has no item 'popular'.", "not-found")
                {
                    Status = System.Net.HttpStatusCode.NotFound,
                };
        return await _calls.GetAsync(
            "getItem", $"v1/items/{ApiPath.Segment(itemId)}", ClientJson.Default.CatalogItem, cancellationToken);
    }

    /// <summary>Those of the items that the catalogue has.</summary>
    public async Task<IReadOnlyList<CatalogItem>> FindAsync(
        IReadOnlyList<string> itemIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(itemIds);
        if (itemIds.Count == 0)
            return [];
        var path = new ApiPath("v1/items").WithEach("id", itemIds);
        return (await PageAsync(path, cancellationToken)).Items;
    }

    /// <summary>A page of the items that have the words and values; of all items if nothing is given.</summary>
    /// <param name="words">Words of titles and descriptions; null for any.</param>
    /// <param name="attributes">Values such as <c>colour:red</c>; null for any.</param>
    /// <param name="count">How many items to give at most; null for what the API gives.</param>
    /// <param name="cursor"><see cref="CatalogPage.Next"/> of the page before; null for the first one.</param>
    public Task<CatalogPage> SearchAsync(
        string? words = null, IReadOnlyList<string>? attributes = null, int? count = null, string? cursor = null,
        CancellationToken cancellationToken = default) =>
        PageAsync(
            new ApiPath("v1/items")
                .With("q", words)
                .WithEach("attribute", attributes ?? [])
                .With("n", count)
                .With("cursor", cursor),
            cancellationToken);

    /// <summary>Adds or replaces up to 1,000 items, all or none. What an item does not say is removed.</summary>
    /// <returns>How many distinct items were stored.</returns>
    public async Task<int> PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var body = JsonSerializer.SerializeToUtf8Bytes(items, ClientJson.Default.IReadOnlyListCatalogItem);
        var imported = await _calls.CallAsync(
            "putItems", HttpMethod.Put, "v1/items", body, ClientJson.Default.ImportedItems, cancellationToken);
        return imported.Imported;
    }

    /// <summary>Changes an item that the catalogue has.</summary>
    public Task<CatalogItem> PatchAsync(
        string itemId, ItemPatch patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return _calls.CallAsync(
            "patchItem", HttpMethod.Patch, $"v1/items/{ApiPath.Segment(itemId)}", patch.ToJson(),
            ClientJson.Default.CatalogItem, cancellationToken);
    }

    /// <summary>Removes an item from the catalogue and from every list.</summary>
    public Task DeleteAsync(string itemId, CancellationToken cancellationToken = default) => _calls.BytesAsync(
        "deleteItem", HttpMethod.Delete, $"v1/items/{ApiPath.Segment(itemId)}", body: null, cancellationToken);

    private Task<CatalogPage> PageAsync(ApiPath path, CancellationToken cancellationToken) =>
        _calls.GetAsync("findItems", path.ToString(), ClientJson.Default.CatalogPage, cancellationToken);
}
