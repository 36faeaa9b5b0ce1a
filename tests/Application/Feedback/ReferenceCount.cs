using System.Globalization;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Feedback;

/// <summary>
/// Counts a log as the documentation says, slowly and without any of the product's code but for reading ids: for each
/// event it looks through the whole log.
/// </summary>
internal static class ReferenceCount
{
    private static readonly TimeSpan s_window = TimeSpan.FromDays(7);

    /// <returns>By day and source: lists, impressions, clicks, conversions and revenue.</returns>
    internal static SortedDictionary<string, string> Of(IReadOnlyList<Interaction> log)
    {
        var rows = new Dictionary<string, long[]>();
        var revenue = new Dictionary<string, SortedDictionary<string, decimal>>();
        void Count(string row, int column) =>
            (rows.TryGetValue(row, out var known) ? known : rows[row] = new long[4])[column]++;

        foreach (var list in log.Where(IsImpression).Select(one => one.RecommendationId).OfType<RecommendationId>()
            .Distinct())
            Count(Row(list.ServedAt, list), 0);
        foreach (var one in log.Where(one => IsImpression(one) && !IsCopy(one, log)))
            Count(Row(one.OccurredAt, one.RecommendationId), 1);
        foreach (var one in log.Where(one => one.Type == InteractionType.Click))
            Count(Row(one.OccurredAt, ListOfClick(one, log)), 2);
        foreach (var one in log.Where(one => one.Type == InteractionType.Purchase))
        {
            var row = Row(one.OccurredAt, ListOfPurchase(one, log));
            Count(row, 3);
            if (!revenue.TryGetValue(row, out var sums))
                revenue.Add(row, sums = []);
            var currency = one.Currency?.Value ?? "none";
            sums[currency] = sums.GetValueOrDefault(currency) + (decimal)one.Value!.Value;
        }
        return new(rows.ToDictionary(row => row.Key, row => string.Join(' ', row.Value) + " " + string.Join(
            ' ', revenue.GetValueOrDefault(row.Key, [])
                .Select(sum => string.Create(CultureInfo.InvariantCulture, $"{sum.Value:0.00}{sum.Key}")))));
    }

    private static bool IsImpression(Interaction one) => one.Type == InteractionType.Impression;

    /// <summary>Whether an item of a list was on screen before.</summary>
    private static bool IsCopy(Interaction one, IReadOnlyList<Interaction> log) =>
        one.RecommendationId is { } list
        && log.Any(other => IsImpression(other) && IsSame(one, other) && other.RecommendationId == list && Before(
            other, one));

    private static RecommendationId? ListOfClick(Interaction click, IReadOnlyList<Interaction> log) =>
        click.RecommendationId
        ?? LastWithin(click, log.Where(one => IsImpression(one) && !IsCopy(one, log)))?.RecommendationId;

    private static RecommendationId? ListOfPurchase(Interaction purchase, IReadOnlyList<Interaction> log)
    {
        if (purchase.RecommendationId is { } list)
            return list;
        var clicks = log
            .Where(one => one.Type == InteractionType.Click && IsSame(one, purchase))
            .Select(one => one with { RecommendationId = ListOfClick(one, log) });
        return (LastWithin(purchase, clicks) ?? LastWithin(
            purchase, log.Where(one => IsImpression(one) && !IsCopy(one, log))))
            ?.RecommendationId;
    }

    /// <summary>The last event with a list of the same user and item within the window.</summary>
    private static Interaction? LastWithin(Interaction event_, IEnumerable<Interaction> seen) => seen
        .Where(one => IsSame(one, event_) && one.RecommendationId is not null)
        .Where(one => one.OccurredAt <= event_.OccurredAt && event_.OccurredAt - one.OccurredAt <= s_window)
        .OrderBy(one => one.OccurredAt).ThenBy(one => Sequence(one)).LastOrDefault();

    private static bool IsSame(Interaction one, Interaction other) =>
        one.UserId == other.UserId && one.ItemId == other.ItemId;

    private static bool Before(Interaction one, Interaction other) =>
        one.OccurredAt < other.OccurredAt || (one.OccurredAt == other.OccurredAt && Sequence(one) < Sequence(other));

    private static long Sequence(Interaction one) =>
        long.Parse(one.Position.Sequence.Value, CultureInfo.InvariantCulture);

    private static string Row(DateTimeOffset at, RecommendationId? list) =>
        $"{at.UtcDateTime:yyyy-MM-dd} {list?.Source.ToText() ?? "none"}";
}
