using Recommendation.Domain.Experiments;
using Recommendation.Domain.Feedback;

namespace Recommendation.Application.Feedback;

/// <summary>Sums of feedback as totals of a user.</summary>
internal static class FeedbackTotals
{
    /// <param name="key">What was counted.</param>
    /// <param name="sum">How much.</param>
    /// <param name="currency">The currency of the revenue; other currencies, and all if it is null, add
    /// nothing.</param>
    internal static UserTotals Of(in FeedbackKey key, FeedbackSum sum, string? currency = null) => key.Kind switch
    {
        FeedbackKind.List => new(sum.Count, 0, 0, 0, 0),
        FeedbackKind.Impression => new(0, sum.Count, 0, 0, 0),
        FeedbackKind.Click => new(0, 0, sum.Count, 0, 0),
        FeedbackKind.Conversion => new(0, 0, 0, sum.Count, RevenueOf(key, sum, currency)),
        _ => default,
    };

    private static double RevenueOf(in FeedbackKey key, FeedbackSum sum, string? currency) =>
        currency is not null && string.Equals(key.Currency?.Value, currency, StringComparison.Ordinal)
            ? (double)sum.Amount / FeedbackEvent.UnitsPerOne : 0;
}
