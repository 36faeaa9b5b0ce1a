using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.InMemory;

/// <summary>The items of a catalogue in the order in which they were last changed; for one thread at a time.</summary>
internal sealed class MemoryChanges
{
    private readonly Dictionary<ItemId, long> _numbers = [];
    private readonly SortedDictionary<long, ItemId> _items = [];
    private long _last;

    /// <summary>An item was put or deleted.</summary>
    internal void Add(ItemId item)
    {
        if (_numbers.TryGetValue(item, out var before))
            _items.Remove(before);
        _numbers[item] = ++_last;
        _items.Add(_last, item);
    }

    internal ChangedItems ReadOn(string? place, int limit, Dictionary<ItemId, CatalogItem> catalogue)
    {
        var after = place is null ? 0 : long.Parse(place, NumberStyles.None, CultureInfo.InvariantCulture);
        var changed = after == _last ? [] : _items.SkipWhile(one => one.Key <= after).Take(limit).ToList();
        var end = changed.Count == 0 ? after : changed[^1].Key;
        return new(
            [.. changed.Where(one => catalogue.ContainsKey(one.Value)).Select(one => catalogue[one.Value])],
            [.. changed.Where(one => !catalogue.ContainsKey(one.Value)).Select(one => one.Value)],
            end.ToString(CultureInfo.InvariantCulture),
            More: changed.Count == limit);
    }
}
