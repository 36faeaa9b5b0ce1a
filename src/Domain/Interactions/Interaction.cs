using System.Globalization;
using System.Text;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Interactions;

/// <summary>One valid event: a user did something with an item.</summary>
public sealed record Interaction
{
    /// <summary>How far ahead of its arrival an event may claim to have happened (clocks differ).</summary>
    public static readonly TimeSpan MaximumAhead = TimeSpan.FromMinutes(5);

    public EventId? EventId { get; init; }

    public required UserId UserId { get; init; }

    public required ItemId ItemId { get; init; }

    public required InteractionType Type { get; init; }

    /// <summary>When it happened, by the producer's clock: UTC, whole milliseconds.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>A finite number that the producer gave with it (quantity, rating, seconds); null where none.</summary>
    public double? Value { get; init; }

    /// <summary>The ISO 4217 code of an amount in <see cref="Value"/>; null where the producer gave none.</summary>
    public CurrencyCode? Currency { get; init; }

    /// <summary>The list that led to it, as the producer says; null where it names none.</summary>
    public RecommendationId? RecommendationId { get; init; }

    /// <summary>When the log took it: UTC, whole milliseconds.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Where the log holds it; <see cref="Position.Unassigned"/> until it is appended.</summary>
    public Position Position { get; init; }

    /// <summary>
    /// The first arrival of an event that was rejected then and is redriven; null for others. An erasure that covers it
    /// covers the redriven event, too, wherever the log holds that.
    /// </summary>
    public FirstArrival? RedrivenFrom { get; init; }

    /// <summary>
    /// Judges an event. The answer depends on the event and its arrival alone, so a redelivery is validated as the
    /// first delivery was.
    /// </summary>
    /// <param name="raw">The event.</param>
    /// <param name="arrivedAt">When the log took it.</param>
    /// <param name="position">Where the log holds it.</param>
    /// <param name="types">Tell what an alias of a type stands for; null for the built-in types.</param>
    public static ValidationResult Validate(
        in RawInteraction raw, DateTimeOffset arrivedAt, Position position = default, EventTypeSettings? types = null)
    {
        var (user, userProblem) = Identifier.Check(raw.UserId);
        if (user is null)
            return Reject(RejectionCode.InvalidUser, $"userId {userProblem}.");
        var (item, itemProblem) = Identifier.Check(raw.ItemId);
        if (item is null)
            return Reject(RejectionCode.InvalidItem, $"itemId {itemProblem}.");
        if (TypeOf(raw) is not { } type)
            return Reject(
                RejectionCode.InvalidType,
                $"interactionType '{Shorten(raw.InteractionType)}' is not of the form [a-z][a-z0-9_-]{{0,31}}."
            );

        EventId? eventId = null;
        if (raw.EventId is not null)
        {
            var (id, problem) = Identifier.Check(raw.EventId);
            if (id is null)
                return Reject(RejectionCode.InvalidEventId, $"eventId {problem}; leave it out where there is none.");
            eventId = Interactions.EventId.FromStored(id);
        }

        arrivedAt = Timestamps.ToMilliseconds(arrivedAt);
        var (time, timeProblem) = TimeOf(raw.Timestamp, arrivedAt);
        if (timeProblem is not null)
            return Reject(RejectionCode.InvalidTime, timeProblem);
        var (value, valueProblem) = ValueOf(raw.Value);
        if (valueProblem is not null)
            return Reject(RejectionCode.InvalidValue, valueProblem);

        var (list, idProblem) = raw.RecommendationId is { } text ? Recommendations.RecommendationId.Read(text)
            : default;
        var interaction = new Interaction
        {
            EventId = eventId,
            UserId = Interactions.UserId.FromStored(user),
            ItemId = Interactions.ItemId.FromStored(item),
            Type = (types ?? EventTypeSettings.Default).Canonical(type),
            OccurredAt = time,
            Value = value,
            Currency = raw.Currency is { } currency ? CurrencyCode.Of(currency) : null,
            RecommendationId = list,
            ArrivedAt = arrivedAt,
            Position = position,
            RedrivenFrom = FirstArrival.TryParse(raw.RedrivenFrom),
        };
        return ValidationResult.Of(interaction, idProblem);
    }

    private static InteractionType? TypeOf(in RawInteraction raw) =>
        raw.InteractionType is { } text ? InteractionType.TryParse(text) : InteractionType.View;

    private static (DateTimeOffset Time, string? Problem) TimeOf(string? text, DateTimeOffset arrivedAt)
    {
        if (text is null)
            return (arrivedAt, null);
        if (Timestamps.Parse(text) is not { } time)
            return (
                default,
                $"timestamp '{Shorten(text)}' is neither ISO 8601 (2026-01-31T12:00:00Z) nor epoch milliseconds."
            );
        if (time < Timestamps.Earliest)
            return (
                default,
                $"timestamp {Timestamps.Format(time)} is before 1990; epoch times are milliseconds, not seconds."
            );
        if (time > arrivedAt + MaximumAhead)
            return (
                default,
                $"timestamp {Timestamps.Format(time)} is more than 5 minutes after the arrival at "
                    + $"{Timestamps.Format(arrivedAt)}."
            );
        return (time, null);
    }

    private static (double? Value, string? Problem) ValueOf(string? text)
    {
        if (text is null)
            return (null, null);
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? (value, null)
            : (null, $"value '{Shorten(text)}' is not a finite number.");
    }

    /// <summary>
    /// Text of the event that can stand in a message: short, well-formed, without control characters.
    /// </summary>
    private static string Shorten(string? text)
    {
        if (text is null)
            return "";
        var shown = string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(40));
        return text.Length > 40 ? shown + "…" : shown;
    }

    private static ValidationResult Reject(RejectionCode code, string message) =>
        ValidationResult.Of(new Rejection(code, message));
}
