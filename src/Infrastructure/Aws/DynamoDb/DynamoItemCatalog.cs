using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The catalogue in DynamoDB, in the same table as the profiles.</summary>
internal sealed class DynamoItemCatalog(DynamoTable table) : IItemCatalog, IItemEdits
{
    private const int PutsInFlight = 16;

    /// <summary>After so many conflicts a change waits a little: somebody writes to the item all the time.</summary>
    private const int ConflictsAtOnce = 8;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly ItemCalls _calls = new(table);
    private readonly UnavailableItems _unavailable = new(table);

    public Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var now = table.Time.GetUtcNow();
        return PutAsync(
            [.. items.GroupBy(item => item.ItemId).Select(copies => CatalogItems.Of(copies.Last(), now))],
            cancellationToken
        );
    }

    public async Task<IReadOnlyDictionary<ItemId, string>> MergeAsync(
        IReadOnlyList<ItemChange> changes,
        CancellationToken cancellationToken
    )
    {
        var refused = new Dictionary<ItemId, string>();
        var byItem = changes.ToDictionary(change => change.ItemId);
        await ChangeAsync(
            byItem.Keys,
            (id, before) =>
            {
                var item = byItem[id].ApplyTo(before?.Item);
                if (ItemRules.ProblemOf(item) is not { } problem)
                    return item;
                refused[id] = problem;
                return null;
            },
            cancellationToken
        );
        return refused;
    }

    public async Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var given = items
            .GroupBy(item => item.ItemId)
            .Select(copies => copies.Aggregate((first, next) => first.FilledFrom(next)))
            .ToDictionary(item => item.ItemId);
        await ChangeAsync(
            given.Keys,
            (id, before) =>
            {
                var filled = before is null ? given[id] : before.Item?.FilledFrom(given[id]);
                // Most items of a file of sales are known: those cost a read and no write.
                return filled == before?.Item ? null : filled;
            },
            cancellationToken
        );
    }

    public async Task<PatchOutcome> PatchAsync(ItemChange change, CancellationToken cancellationToken)
    {
        var outcome = default(PatchOutcome);
        await ChangeAsync(
            [change.ItemId],
            (_, before) =>
            {
                outcome = default;
                if (before?.Item is not { } known)
                    return null;
                var item = change.ApplyTo(known);
                outcome = ItemRules.ProblemOf(item) is { } problem
                    ? new PatchOutcome(null, problem)
                    : new PatchOutcome(item);
                return outcome.Item;
            },
            cancellationToken
        );
        return outcome;
    }

    public Task DeleteAsync(IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken) =>
        PutAsync([.. items.Distinct().Select(CatalogItems.Tombstone)], cancellationToken);

    public async Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items,
        CancellationToken cancellationToken
    ) =>
        (await ReadAsync(items, cancellationToken))
            .Where(one => one.Item is not null)
            .ToDictionary(one => one.ItemId, one => one.Item!);

    public Task<IReadOnlySet<ItemId>> UnavailableAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _unavailable.GetAsync(now, cancellationToken);

    private async Task PutAsync(IReadOnlyList<WritableItem> items, CancellationToken cancellationToken)
    {
        var outcomes = await table.PutManyAsync(items, cancellationToken);
        // After the items, whatever became of each: a reader that sees the version before it sees them
        // reads them again soon.
        await _unavailable.RenewAsync(cancellationToken);
        if (outcomes.FirstOrDefault(outcome => outcome.Status != SaveStatus.Saved) is { Reason: { } reason })
            throw new StoreUnavailableException(
                $"{outcomes.Count(outcome => outcome.Status != SaveStatus.Saved)} items were not stored: {reason}"
            );
    }

    private async Task<IReadOnlyList<StoredCatalogItem>> ReadAsync(
        IReadOnlyCollection<ItemId> items,
        CancellationToken cancellationToken
    ) =>
        items.Count == 0
            ? []
            : await _calls.FindManyAsync(
                [.. items.Distinct().Select(CatalogItems.KeyOf)],
                CatalogItems.Read,
                cancellationToken
            );

    /// <summary>
    /// Reads items, changes them, and puts them under the condition that nobody changed them meanwhile; those that
    /// somebody changed are read again.
    /// </summary>
    /// <param name="ids">Which.</param>
    /// <param name="change">The item after the change; null to leave it as it is. May be asked several times.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async Task ChangeAsync(
        IReadOnlyCollection<ItemId> ids,
        Func<ItemId, StoredCatalogItem?, CatalogItem?> change,
        CancellationToken cancellationToken
    )
    {
        var changesAvailability = false;
        try
        {
            for (var attempt = 1; ids.Count > 0; attempt++)
            {
                var now = table.Time.GetUtcNow();
                var stored = (await ReadAsync(ids, cancellationToken)).ToDictionary(one => one.ItemId);
                var puts = ids.Select(id => (Before: stored.GetValueOrDefault(id), Id: id))
                    .Select(one => (one.Before, After: change(one.Id, one.Before)))
                    .Where(one => one.After is not null).Select(one => (one.Before, After: one.After!)).ToArray();
                changesAvailability |= Array.Exists(puts, one => ChangesAvailability(one.Before, one.After, now));
                var outcomes = await table.PutEachAsync(
                    puts.Length, PutsInFlight,
                    (i, writer) => CatalogItems.WritePut(writer, table.Name, puts[i].After, puts[i].Before, now),
                    cancellationToken);
                RequireStored(outcomes);
                ids =
                [
                    .. puts.Where((_, i) => outcomes[i].Status == SaveStatus.Conflict).Select(put => put.After.ItemId),
                ];
                if (attempt % ConflictsAtOnce == 0)
                    await Task.Delay(s_pause, table.Time, cancellationToken);
            }
        }
        finally
        {
            if (changesAvailability)
                await _unavailable.RenewAsync(cancellationToken);
        }
    }

    private static bool ChangesAvailability(StoredCatalogItem? before, CatalogItem after, DateTimeOffset now)
    {
        var bucket = CatalogItems.BucketOf(after, now);
        if (before is null)
            return bucket is not null;
        return before.Item is not { } known
            || !string.Equals(CatalogItems.BucketOf(known, now), bucket, StringComparison.Ordinal)
            || known.CreatedAt != after.CreatedAt
            || known.ExpiresAt != after.ExpiresAt;
    }

    private static void RequireStored(SaveOutcome[] outcomes)
    {
        var failed = outcomes.Where(one => one.Status is not (SaveStatus.Saved or SaveStatus.Conflict)).ToList();
        if (failed.Count > 0)
            throw new StoreUnavailableException($"{failed.Count} items were not stored: {failed[0].Reason}");
    }
}
