using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Feedback;

/// <summary>An event of the log that counts in metrics.</summary>
public sealed record FeedbackEvent
{
    /// <summary>How many of the units in which amounts are added make one of the currency.</summary>
    public const long UnitsPerOne = 1_000_000;

    private const double MaximumAmount = 1e12;

    public required UserId User { get; init; }

    public required ItemId Item { get; init; }

    public required Position Position { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Impression, click or conversion.</summary>
    public required FeedbackKind Kind { get; init; }

    public required InteractionType Type { get; init; }

    /// <summary>The list that it names; null if it names none.</summary>
    public RecommendationId? List { get; init; }

    public CurrencyCode? Currency { get; init; }

    /// <summary>Revenue in millionths of the currency, so that sums are exact; 0 for none.</summary>
    public long Amount { get; init; }

    /// <param name="interaction">An event of the log.</param>
    /// <param name="types">Which types count as clicks and conversions, and whose values are money.</param>
    /// <param name="key">Checks the recommendation id: one that does not count is left out. Null leaves all
    /// out.</param>
    /// <returns>Null for an event that does not count in metrics.</returns>
    public static FeedbackEvent? Of(Interaction interaction, EventTypeSettings types, RecommendationIdKey? key)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(types);
        var type = types.Canonical(interaction.Type);
        if (KindOf(type, types) is not { } kind)
            return null;
        var isCounted = interaction.RecommendationId is { } list && key is not null
            && key.ProblemOf(list, interaction.UserId) is null;
        var amount = kind == FeedbackKind.Conversion && types.IsRevenue(type) ? AmountOf(interaction.Value) : 0;
        return new FeedbackEvent
        {
            User = interaction.UserId,
            Item = interaction.ItemId,
            Position = interaction.Position,
            At = interaction.OccurredAt,
            Kind = kind,
            Type = type,
            List = isCounted ? interaction.RecommendationId : null,
            Currency = amount == 0 ? null : interaction.Currency ?? CurrencyCode.None,
            Amount = amount,
        };
    }

    private static FeedbackKind? KindOf(InteractionType type, EventTypeSettings types) => types.RoleOf(type) switch
    {
        _ when type == InteractionType.Impression => FeedbackKind.Impression,
        FeedbackRole.Click => FeedbackKind.Click,
        FeedbackRole.Conversion => FeedbackKind.Conversion,
        _ => null,
    };

    private static long AmountOf(double? value) => value is { } amount && Math.Abs(amount) <= MaximumAmount
        ? (long)decimal.Round((decimal)amount * UnitsPerOne) : 0;
}
