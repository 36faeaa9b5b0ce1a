using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The catalogue in DynamoDB, in the same table as the profiles.</summary>
internal sealed class DynamoItemCatalog(DynamoTable table, AwsOptions options, Backoff backoff) : IItemCatalog
{
    private readonly ItemCalls _calls = new(table, options, backoff);

    public async Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var latest = items.GroupBy(item => item.ItemId).Select(copies => CatalogItems.Of(copies.Last())).ToList();
        var outcomes = await table.PutManyAsync(latest, cancellationToken);
        if (outcomes.FirstOrDefault(outcome => outcome.Status != SaveStatus.Saved) is { Reason: { } reason })
            throw new StoreUnavailableException($"{outcomes.Count(outcome => outcome.Status != SaveStatus.Saved)} items were not stored: {reason}");
    }

    public async Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return new Dictionary<ItemId, CatalogItem>();
        var keys = items.Distinct().Select(CatalogItems.KeyOf).ToList();
        return (await _calls.FindManyAsync(keys, CatalogItems.Read, cancellationToken)).ToDictionary(item => item.ItemId);
    }

    public async Task<IReadOnlySet<ItemId>> UnavailableAsync(CancellationToken cancellationToken)
    {
        var unavailable = new HashSet<ItemId>();
        await foreach (var key in table.IndexedAsync(ProfileTable.Unavailable, cancellationToken))
            unavailable.Add(CatalogItems.ToItemId(key));
        return unavailable;
    }
}
