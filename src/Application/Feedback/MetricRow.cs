using Recommendation.Domain.Experiments;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Statistics;

namespace Recommendation.Application.Feedback;

/// <summary>The figures of one group. Counts and revenue are exact.</summary>
/// <param name="Group">The values of the dimensions asked for, in their order; the segment last.</param>
public sealed record MetricRow(IReadOnlyList<string?> Group)
{
    /// <summary>Lists of which an item was on screen; by day, on the day on which they were served.</summary>
    public long Lists { get; init; }

    public long Impressions { get; init; }

    public long Clicks { get; init; }

    public long Conversions { get; init; }

    /// <summary>Users who are still known.</summary>
    public long Users { get; init; }

    /// <summary>By currency.</summary>
    public IReadOnlyList<Money> Revenue { get; init; } = [];

    /// <summary>Clicks per impression; null without impressions.</summary>
    public double? Ctr => Ratio(Clicks, Impressions);

    public Interval? CtrInterval { get; init; }

    /// <summary>Conversions per list; null without lists.</summary>
    public double? ConversionRate => Ratio(Conversions, Lists);

    public Interval? ConversionRateInterval { get; init; }

    /// <summary>The share of impressions of items that the user had been shown before.</summary>
    public double? RepeatRate { get; init; }

    /// <summary>How many different items were on screen; null by segment, since items are counted over all
    /// users.</summary>
    public long? Items { get; init; }

    /// <summary>The share of the current model's items that were on screen; null without a model, and by
    /// segment.</summary>
    public double? Coverage { get; init; }

    /// <summary>
    /// The mean of −log₂ of an item's share of all impressions of these days, over the impressions of the group: high
    /// where rare items are shown. Null without impressions, and by segment.
    /// </summary>
    public double? Novelty { get; init; }

    internal static double? Ratio(double part, double whole) => whole > 0 ? part / whole : null;
}

/// <summary>An exact amount.</summary>
/// <param name="Currency">"none" where events named none.</param>
public readonly record struct Money(CurrencyCode Currency, decimal Amount);

/// <summary>Adds up one group.</summary>
internal sealed class MetricSums
{
    // As in a single look at 95 %: these intervals are not for looking until something is found.
    private const double Level = 0.05;

    private readonly SortedDictionary<string, long> _revenue = new(StringComparer.Ordinal);
    private readonly Dictionary<ItemId, long> _items = [];
    private long _lists, _impressions, _repeats, _clicks, _conversions;
    private RatioMoments _ctr, _conversion;
    private UserTotals _user;
    private bool _hasUser;

    internal void Add(in FeedbackKey key, FeedbackSum sum, bool isOfUser)
    {
        var one = FeedbackTotals.Of(key, sum);
        _lists += one.Lists;
        _impressions += one.Impressions;
        _clicks += one.Clicks;
        _conversions += one.Conversions;
        if (key.Kind == FeedbackKind.Repeat)
            _repeats += sum.Count;
        if (key.Currency is { } currency)
            _revenue[currency.Value] = _revenue.GetValueOrDefault(currency.Value) + sum.Amount;
        if (!isOfUser)
            return;
        _user += one;
        _hasUser = true;
    }

    internal void Add(ItemId item, long impressions) => _items[item] = _items.GetValueOrDefault(item) + impressions;

    /// <summary>All of a user has been added.</summary>
    internal void EndUser()
    {
        if (!_hasUser)
            return;
        _ctr = _ctr.With(_user.Clicks, _user.Impressions);
        _conversion = _conversion.With(_user.Conversions, _user.Lists);
        (_user, _hasUser) = (default, false);
    }

    /// <param name="group">The values of the dimensions.</param>
    /// <param name="exposures">How often each item was on screen, in all groups.</param>
    /// <param name="modelItems">How many items the current model has; null without a model.</param>
    /// <param name="hasItems">Whether the items were added.</param>
    internal MetricRow ToRow(
        IReadOnlyList<string?> group, IReadOnlyDictionary<ItemId, long> exposures, int? modelItems, bool hasItems)
    {
        double all = exposures.Values.Sum();
        return new MetricRow(group)
        {
            Lists = _lists,
            Impressions = _impressions,
            Clicks = _clicks,
            Conversions = _conversions,
            Users = _ctr.Users,
            Revenue =
            [
                .. _revenue.Where(one => one.Value != 0).Select(one =>
                    new Money(CurrencyCode.Of(one.Key), (decimal)one.Value / FeedbackEvent.UnitsPerOne)),
            ],
            CtrInterval = _ctr.FixedInterval(Level),
            ConversionRateInterval = _conversion.FixedInterval(Level),
            RepeatRate = MetricRow.Ratio(_repeats, _impressions),
            Items = hasItems ? _items.Count : null,
            Coverage = hasItems && modelItems is > 0 and { } items ? Math.Min(1, (double)_items.Count / items) : null,
            Novelty = MetricRow.Ratio(
                _items.Sum(one => one.Value * Math.Log2(all / exposures[one.Key])), _items.Values.Sum()),
        };
    }
}
