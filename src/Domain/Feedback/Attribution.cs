using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Feedback;

/// <summary>
/// Attributes what a user did with an item to lists. An event that names a list is attributed to it. A click without
/// one is attributed to the last impression of the item within the window before it, and a conversion to the last
/// attributed click, else to the last impression; so each event has one list at most. The result depends on the set of
/// events alone, not on the order in which they became known.
/// </summary>
public static class Attribution
{
    /// <summary>How long before an event its list may have been seen, if nothing else is set.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(7);

    /// <param name="events">All events of one user with one item, in any order.</param>
    /// <param name="window">How long before an event its list may have been seen or clicked.</param>
    /// <returns>What counts, one by one; the same key may come several times.</returns>
    public static IEnumerable<(FeedbackKey Key, FeedbackSum Sum)> Count(
        IEnumerable<FeedbackEvent> events, TimeSpan window)
    {
        var impressions = new List<(DateTimeOffset At, RecommendationId? List)>();
        var clicks = new List<(DateTimeOffset At, RecommendationId? List)>();
        var lists = new HashSet<RecommendationId>();
        foreach (var one in InOrder(events))
        {
            var list = one.List;
            switch (one.Kind)
            {
                case FeedbackKind.Impression:
                    // An item of a list is on screen once, however often that was reported.
                    if (list is { } known && !lists.Add(known))
                        continue;
                    if (impressions.Count > 0)
                        yield return (FeedbackKey.Of(one, list, FeedbackKind.Repeat), new FeedbackSum(1, 0));
                    impressions.Add((one.At, list));
                    break;
                case FeedbackKind.Click:
                    list ??= Last(impressions, one.At, window);
                    clicks.Add((one.At, list));
                    break;
                default:
                    list ??= Last(clicks, one.At, window) ?? Last(impressions, one.At, window);
                    break;
            }
            yield return (FeedbackKey.Of(one, list, one.Kind), new FeedbackSum(1, one.Amount));
        }
    }

    private static RecommendationId? Last(
        List<(DateTimeOffset At, RecommendationId? List)> seen, DateTimeOffset at, TimeSpan window)
    {
        for (var i = seen.Count - 1; i >= 0 && at - seen[i].At <= window; i--)
        {
            if (seen[i].List is { } list)
                return list;
        }
        return null;
    }

    /// <summary>
    /// By time; at one time what is seen comes first, then clicks, then conversions, each by its place in the log.
    /// </summary>
    private static IEnumerable<FeedbackEvent> InOrder(IEnumerable<FeedbackEvent> events) => events
        .OrderBy(one => one.At)
        .ThenBy(one => one.Kind)
        .ThenBy(one => one.Position.Partition, StringComparer.Ordinal)
        .ThenBy(one => one.Position, Comparer<Interactions.Position>.Create(
            (left, right) => left.CompareWithin(right)));
}
