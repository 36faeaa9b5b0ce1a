using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Feedback;

/// <summary>What a count is of.</summary>
/// <param name="Day">The day (UTC) of the event; of a list, the day on which it was served.</param>
/// <param name="Configuration">
/// The number of the configuration of the list that it is attributed to; <see cref="ListConfiguration.UnknownNumber"/>
/// for none.
/// </param>
/// <param name="Source">Where that list came from.</param>
/// <param name="Kind">What is counted.</param>
/// <param name="Type">The type of the event; default for lists.</param>
/// <param name="Currency">Of the amount; null where there is none.</param>
public readonly record struct FeedbackKey(
    DateOnly Day, uint Configuration, ServedSource Source, FeedbackKind Kind, InteractionType Type,
    CurrencyCode? Currency)
{
    /// <summary>The key under which a list counts.</summary>
    public static FeedbackKey OfList(RecommendationId list) =>
        new(DayOf(list.ServedAt), list.Configuration, list.Source, FeedbackKind.List, default, null);

    internal static FeedbackKey Of(FeedbackEvent one, RecommendationId? list, FeedbackKind kind) =>
        new(
            DayOf(one.At),
            list?.Configuration ?? ListConfiguration.UnknownNumber,
            list?.Source ?? ServedSource.None,
            kind,
            one.Type,
            kind == FeedbackKind.Conversion ? one.Currency : null
        );

    internal static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}

/// <summary>How many, and how much in millionths of the currency.</summary>
public readonly record struct FeedbackSum(long Count, long Amount)
{
    public static FeedbackSum operator +(FeedbackSum left, FeedbackSum right) => Add(left, right);

    public static FeedbackSum operator -(FeedbackSum value) => Negate(value);

    public static FeedbackSum Add(FeedbackSum left, FeedbackSum right) =>
        new(left.Count + right.Count, left.Amount + right.Amount);

    public static FeedbackSum Negate(FeedbackSum value) => new(-value.Count, -value.Amount);
}
