using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The catalogue in DynamoDB, in the same table as the profiles.</summary>
internal sealed class DynamoItemCatalog(DynamoTable table) : IItemCatalog
{
    private const int FillsInFlight = 16;

    private readonly ItemCalls _calls = new(table);
    private readonly UnavailableItems _unavailable = new(table);

    public async Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var latest = items.GroupBy(item => item.ItemId).Select(copies => CatalogItems.Of(copies.Last())).ToList();
        var outcomes = await table.PutManyAsync(latest, cancellationToken);
        // After the items, whatever became of each: a reader that sees the version before it sees them reads them again soon.
        await _unavailable.RenewAsync(cancellationToken);
        if (outcomes.FirstOrDefault(outcome => outcome.Status != SaveStatus.Saved) is { Reason: { } reason })
            throw new StoreUnavailableException($"{outcomes.Count(outcome => outcome.Status != SaveStatus.Saved)} items were not stored: {reason}");
    }

    public async Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var given = items.GroupBy(item => item.ItemId).Select(copies => copies.Aggregate((first, next) => first.FilledFrom(next))).ToList();
        var known = await FindAsync([.. given.Select(item => item.ItemId)], cancellationToken);
        // Most items of a file of sales are known: those cost a read and no write.
        var missing = given.Where(item => !known.TryGetValue(item.ItemId, out var one) || one.FilledFrom(item) != one).ToList();
        await Parallel.ForEachAsync(missing, DynamoTable.InFlight(FillsInFlight, cancellationToken), async (item, cancellation) =>
        {
            var update = CatalogItems.Fill(table.Name, item);
            await table.GuardAsync(() => table.Client.UpdateItemAsync(update, cancellation), cancellation);
        });
    }

    public async Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return new Dictionary<ItemId, CatalogItem>();
        var keys = items.Distinct().Select(CatalogItems.KeyOf).ToList();
        return (await _calls.FindManyAsync(keys, CatalogItems.Read, cancellationToken)).ToDictionary(item => item.ItemId);
    }

    public Task<IReadOnlySet<ItemId>> UnavailableAsync(CancellationToken cancellationToken) => _unavailable.GetAsync(cancellationToken);
}
