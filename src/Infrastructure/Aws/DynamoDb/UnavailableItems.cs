using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;
using CatalogItem = Recommendation.Domain.Items.CatalogItem;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The unavailable items, kept in the process while the catalogue's version stays the same. So a request costs the same
/// however many there are: one read of the version every few seconds, by whichever request comes first. Items that
/// expire, or are to come, are kept with their times.
/// </summary>
internal sealed class UnavailableItems(DynamoTable table)
{
    /// <summary>How long the version is taken to be what it was.</summary>
    internal static readonly TimeSpan CheckedEvery = TimeSpan.FromSeconds(5);

    /// <summary>
    /// All of it is read again after so long, in case a writer of an earlier release renews no version.
    /// </summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);

    // The index follows the table within seconds, so what was read before that is not the last word on a version.
    private static readonly TimeSpan s_indexDelay = TimeSpan.FromSeconds(15);

    private readonly ItemCalls _calls = new(table);
    private readonly Lock _lock = new();
    private Known? _known;
    private long _checked;

    /// <summary>What must not be recommended at a time.</summary>
    internal async Task<IReadOnlySet<ItemId>> GetAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (await GetAsync(cancellationToken)).At(now);

    private async Task<TimedItems> GetAsync(CancellationToken cancellationToken)
    {
        if (TryClaimCheck() is { } current)
            return current;
        try
        {
            var version = await VersionAsync(cancellationToken);
            if (_known is { } known && IsCurrent(known, version))
                return known.Items;
            return (await ReadAsync(version, cancellationToken)).Items;
        }
        catch
        {
            // The next request looks again.
            lock (_lock)
                _checked = 0;
            throw;
        }
    }

    /// <summary>Tells every reader that the catalogue is another one now; those of this process look at once.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        var item = ProfileTable.Key(ProfileTable.Catalog, ProfileTable.CatalogVersion);
        item[ProfileTable.Format] = Attributes.Number(ItemFormat.Current);
        item[ProfileTable.CatalogVersion] = new AttributeValue(Guid.NewGuid().ToString("N"));
        await table.GuardAsync(
            () =>
                table.Client.PutItemAsync(
                    new PutItemRequest { TableName = table.Name, Item = item },
                    cancellationToken
                ),
            cancellationToken
        );
        lock (_lock)
            _checked = 0;
    }

    /// <returns>What is known, if it was checked a moment ago or another request is checking it; null where this one
    /// has to.</returns>
    private TimedItems? TryClaimCheck()
    {
        lock (_lock)
        {
            if (_known is { } known && _checked != 0 && table.Time.GetElapsedTime(_checked) < CheckedEvery)
                return known.Items;
            _checked = table.Time.GetTimestamp();
            return null;
        }
    }

    private async Task<string?> VersionAsync(CancellationToken cancellationToken) =>
        (
            await table.FindAsync(
                ProfileTable.Key(ProfileTable.Catalog, ProfileTable.CatalogVersion),
                cancellationToken
            )
        )?.TextOrNull(ProfileTable.CatalogVersion);

    private bool IsCurrent(Known known, string? version) =>
        string.Equals(known.Version, version, StringComparison.Ordinal)
        && known.IsSettled
        && table.Time.GetElapsedTime(known.ReadAt) < KeptFor;

    private async Task<Known> ReadAsync(string? version, CancellationToken cancellationToken)
    {
        var before = _known;
        var firstSeen =
            before is not null && string.Equals(before.Version, version, StringComparison.Ordinal)
                ? before.FirstSeen
                : table.Time.GetTimestamp();
        var items = new HashSet<ItemId>();
        var readAt = table.Time.GetTimestamp();
        await foreach (var key in table.IndexedAsync(ProfileTable.Unavailable, cancellationToken))
            items.Add(CatalogItems.ToItemId(key));
        var timed = await ReadTimedAsync(cancellationToken);
        var isSettled = version is null || table.Time.GetElapsedTime(firstSeen, readAt) >= s_indexDelay;
        return _known = new Known(new TimedItems(items, timed), version, firstSeen, readAt, isSettled);
    }

    private async Task<List<CatalogItem>> ReadTimedAsync(CancellationToken cancellationToken)
    {
        var keys = new List<ItemKey>();
        await foreach (var key in table.IndexedAsync(ProfileTable.Timed, cancellationToken))
            keys.Add(CatalogItems.KeyOf(CatalogItems.ToItemId(key)));
        if (keys.Count == 0)
            return [];
        var found = await _calls.FindManyAsync(keys, CatalogItems.Read, cancellationToken);
        return [.. found.Select(one => one.Item).OfType<CatalogItem>()];
    }

    private sealed record Known(
        TimedItems Items,
        string? Version,
        long FirstSeen,
        long ReadAt,
        bool IsSettled
    );
}
