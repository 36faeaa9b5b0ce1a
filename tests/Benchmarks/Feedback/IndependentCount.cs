using System.Globalization;
using Recommendation.Application.Feedback;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Benchmarks.Feedback;

/// <summary>
/// Counts what was sent as docs/metrics.md says, from the events themselves and with none of the product's code but for
/// reading ids.
/// </summary>
internal sealed class IndependentCount
{
    private static readonly TimeSpan s_window = TimeSpan.FromDays(7);

    private readonly Dictionary<string, long[]> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, decimal>> _revenue = new(StringComparer.Ordinal);

    private IndependentCount()
    {
    }

    /// <returns>By day and source: lists, impressions, clicks, conversions and revenue, as texts.</returns>
    internal static SortedDictionary<string, string> Of(SoakUsers users)
    {
        var count = new IndependentCount();
        for (var user = 0; user < users.Count; user++)
            count.Add(user, users);
        return new(
            count._counts.ToDictionary(
                row => row.Key,
                row => Text(
                    row.Value,
                    count._revenue.GetValueOrDefault(row.Key, []).Select(one => (one.Key, one.Value))
                )
            ),
            StringComparer.Ordinal
        );
    }

    /// <summary>What the product says, in the same form.</summary>
    internal static SortedDictionary<string, string> Of(MetricTable table) =>
        new(
            table.Rows.ToDictionary(
                row => $"{row.Group[0]} {row.Group[1] ?? "none"}",
                row => Text(
                    [row.Lists, row.Impressions, row.Clicks, row.Conversions],
                    row.Revenue.Select(one => (one.Currency.Value, one.Amount))
                )
            ),
            StringComparer.Ordinal
        );

    private void Add(int user, SoakUsers users)
    {
        foreach (var list in Seen(users.EventsOf(user)).Select(one => one.List).Where(list => list >= 0).Distinct())
            Count(users.ListOf(user, list).ServedAt, users.ListOf(user, list), 0);
        foreach (var item in users.EventsOf(user).GroupBy(one => one.Item))
        {
            SoakEvent[] impressions = [.. Seen(item)];
            SoakEvent[] clicks =
            [
                .. item.Where(one => one.Kind == SoakEventKind.Click)
                    .Select(one => one.List >= 0 ? one : one with { List = LastBefore(one, impressions) }),
            ];
            foreach (var one in impressions)
                Count(one.At, ListOf(one.List), 1);
            foreach (var one in clicks)
                Count(one.At, ListOf(one.List), 2);
            foreach (var one in item.Where(one => one.Kind == SoakEventKind.Purchase))
            {
                var list = one.List >= 0 ? one.List
                    : LastBefore(one, clicks) is >= 0 and var clicked ? clicked : LastBefore(one, impressions);
                var row = Count(one.At, ListOf(list), 3);
                if (!_revenue.TryGetValue(row, out var sums))
                    _revenue.Add(row, sums = new(StringComparer.Ordinal));
                var currency = one.Currency < 0 ? "none" : SoakEvent.Currencies[one.Currency];
                sums[currency] = sums.GetValueOrDefault(currency) + (one.Cents / 100m);
            }
        }

        RecommendationId? ListOf(int list) => list < 0 ? null : users.ListOf(user, list);
    }

    /// <summary>Impressions; of an item of a list only the first.</summary>
    private static IEnumerable<SoakEvent> Seen(IEnumerable<SoakEvent> events) => events
        .Where(one => one.Kind == SoakEventKind.Impression)
        .OrderBy(one => one.At)
        .DistinctBy(one => one.List < 0 ? (-1, one.Number) : (one.List, one.Item));

    /// <summary>The list of the last event that has one, within the window; -1 for none.</summary>
    private static int LastBefore(SoakEvent one, SoakEvent[] earlier) => earlier
        .Where(other => other.List >= 0 && other.At <= one.At && one.At - other.At <= s_window)
        .OrderBy(other => other.At)
        .Select(other => other.List)
        .LastOrDefault(-1);

    private string Count(DateTimeOffset at, RecommendationId? list, int column)
    {
        var row = $"{at.UtcDateTime:yyyy-MM-dd} {list?.Source.ToText() ?? "none"}";
        (_counts.TryGetValue(row, out var known) ? known : _counts[row] = new long[4])[column]++;
        return row;
    }

    private static string Text(long[] counts, IEnumerable<(string Currency, decimal Amount)> revenue) =>
        string.Join(' ', counts) + string.Concat(revenue.OrderBy(one => one.Currency, StringComparer.Ordinal)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $" {one.Amount:0.00}{one.Currency}")));
}
