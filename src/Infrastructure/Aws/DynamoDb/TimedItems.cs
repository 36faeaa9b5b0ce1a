using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The items that must not be recommended, as it depends on the time. What holds at a time is made once, and kept until
/// the next item expires or may be recommended.
/// </summary>
/// <param name="always">Those that must not be recommended at any time.</param>
/// <param name="timed">Those that must not be at some.</param>
internal sealed class TimedItems(IReadOnlySet<ItemId> always, IReadOnlyList<CatalogItem> timed)
{
    private readonly DateTimeOffset[] _changes =
    [
        .. timed.SelectMany(item => (DateTimeOffset?[])[item.CreatedAt, item.ExpiresAt]).OfType<DateTimeOffset>()
            .Distinct().Order(),
    ];

    private volatile Span? _last;

    internal IReadOnlySet<ItemId> At(DateTimeOffset now)
    {
        if (_changes.Length == 0)
            return always;
        var known = _last;
        if (known is not null && now >= known.From && now < known.Until)
            return known.Items;
        // The first change that is later than now.
        var next = Array.BinarySearch(_changes, now) is var at && at < 0 ? ~at : at + 1;
        var items = always.ToHashSet();
        items.UnionWith(timed.Where(item => !item.IsRecommendable(now)).Select(item => item.ItemId));
        var from = next == 0 ? DateTimeOffset.MinValue : _changes[next - 1];
        _last = new Span(items, from, next == _changes.Length ? DateTimeOffset.MaxValue : _changes[next]);
        return items;
    }

    private sealed record Span(IReadOnlySet<ItemId> Items, DateTimeOffset From, DateTimeOffset Until);
}
