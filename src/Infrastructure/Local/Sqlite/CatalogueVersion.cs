using System.Collections.Concurrent;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// What was read of one version of the catalogue. Every list that is shown names some forty items, and most lists the
/// same ones: to look each up anew was a seventh of the time of a request. The version is a row that each change of the
/// catalogue counts up, in its own transaction; so what another process changes is seen, too.
/// </summary>
internal sealed class CatalogueVersion(long number)
{
    /// <summary>
    /// How many values are kept, some 50 MB; further items are read whenever they are asked for. An item has five and
    /// its attributes, of which each takes about as many bytes as are named here.
    /// </summary>
    private const int MaximumValues = 5 << 16;

    private const int OwnValues = 5;
    private const int BytesOfAttribute = 20;

    private readonly ConcurrentDictionary<ItemId, CatalogItem?> _items = new();
    private volatile UnavailableRows? _unavailable;
    private int _values;

    internal long Number => number;

    /// <summary>The items that must not be recommended at a time.</summary>
    internal IReadOnlySet<ItemId> Unavailable(Connection connection, DateTimeOffset now)
    {
        var known = _unavailable;
        if (known?.HoldAt(now) != true)
            _unavailable = known = UnavailableRows.Read(connection, now);
        return known.Items;
    }

    /// <returns>Null if they have to be read.</returns>
    internal IReadOnlySet<ItemId>? TryUnavailable(DateTimeOffset now) =>
        _unavailable is { } known && known.HoldAt(now) ? known.Items : null;

    /// <returns>Those that the catalogue has; null if one of the items has to be read.</returns>
    internal Dictionary<ItemId, CatalogItem>? TryFind(IReadOnlyCollection<ItemId> items)
    {
        var found = new Dictionary<ItemId, CatalogItem>(items.Count);
        foreach (var id in items)
        {
            if (!TryFind(id, out var item))
                return null;
            if (item is not null)
                found[id] = item;
        }
        return found;
    }

    /// <param name="known">Null where the catalogue has no such item.</param>
    internal bool TryFind(ItemId item, out CatalogItem? known) => _items.TryGetValue(item, out known);

    internal void Keep(ItemId item, CatalogItem? found)
    {
        if (Volatile.Read(ref _values) < MaximumValues && _items.TryAdd(item, found))
            Interlocked.Add(ref _values, ValuesOf(found));
    }

    /// <summary>As they are stored: attributes that nobody asked for are not read.</summary>
    private static int ValuesOf(CatalogItem? item) => item is null
        ? OwnValues : OwnValues + (AttributeCodec.Encode(item.Attributes).Length / BytesOfAttribute);
}
