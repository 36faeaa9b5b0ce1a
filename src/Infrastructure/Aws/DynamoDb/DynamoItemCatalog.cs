using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The catalogue in DynamoDB, in the same table as the profiles.</summary>
internal sealed class DynamoItemCatalog(DynamoTable table) : IItemCatalog
{
    private const int UpdatesInFlight = 16;

    private readonly ItemCalls _calls = new(table);
    private readonly UnavailableItems _unavailable = new(table);

    public async Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var latest = items.GroupBy(item => item.ItemId).Select(copies => CatalogItems.Of(copies.Last())).ToList();
        var outcomes = await table.PutManyAsync(latest, cancellationToken);
        // After the items, whatever became of each: a reader that sees the version before it sees them
        // reads them again soon.
        await _unavailable.RenewAsync(cancellationToken);
        if (outcomes.FirstOrDefault(outcome => outcome.Status != SaveStatus.Saved) is { Reason: { } reason })
            throw new StoreUnavailableException(
                $"{outcomes.Count(outcome => outcome.Status != SaveStatus.Saved)} items were not stored: {reason}"
            );
    }

    public async Task MergeAsync(IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken)
    {
        // What says everything replaces the item, in batches; only the others need a call each.
        var whole = changes.Where(IsWhole).Select(change => change.ApplyTo(known: null)).ToList();
        if (whole.Count > 0)
            await PutAsync(whole, cancellationToken);
        var others = changes.Where(change => !IsWhole(change)).ToList();
        await UpdateAsync(others.Select(change => CatalogItems.Merge(table.Name, change)), cancellationToken);
        if (others.Exists(change => change.Available is not null))
            await _unavailable.RenewAsync(cancellationToken);
    }

    public async Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var given = items
            .GroupBy(item => item.ItemId)
            .Select(copies => copies.Aggregate((first, next) => first.FilledFrom(next)))
            .ToList();
        var known = await FindAsync([.. given.Select(item => item.ItemId)], cancellationToken);
        // Most items of a file of sales are known: those cost a read and no write.
        var missing = given
            .Where(item => !known.TryGetValue(item.ItemId, out var one) || one.FilledFrom(item) != one)
            .ToList();
        await UpdateAsync(missing.Select(item => CatalogItems.Fill(table.Name, item)), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return new Dictionary<ItemId, CatalogItem>();
        var keys = items.Distinct().Select(CatalogItems.KeyOf).ToList();
        return (await _calls.FindManyAsync(keys, CatalogItems.Read, cancellationToken)).ToDictionary(item =>
            item.ItemId
        );
    }

    public Task<IReadOnlySet<ItemId>> UnavailableAsync(CancellationToken cancellationToken) =>
        _unavailable.GetAsync(cancellationToken);

    private static bool IsWhole(ItemChange change) =>
        change is { Title: not null, Categories: not null, Available: not null };

    private Task UpdateAsync(IEnumerable<UpdateItemRequest> updates, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            updates,
            DynamoTable.InFlight(UpdatesInFlight, cancellationToken),
            async (update, cancellation) =>
                await table.GuardAsync(() => table.Client.UpdateItemAsync(update, cancellation), cancellation)
        );
}
