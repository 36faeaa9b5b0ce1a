namespace Recommendation.Domain.Interactions;

/// <summary>
/// An event as it came, before it was validated: each field is the text given, or null where it was absent.
/// </summary>
public readonly record struct RawInteraction
{
    public string? EventId { get; init; }

    public string? UserId { get; init; }

    public string? ItemId { get; init; }

    /// <summary>Absent means <c>view</c>.</summary>
    public string? InteractionType { get; init; }

    /// <summary>ISO 8601 or epoch milliseconds; absent means the arrival time.</summary>
    public string? Timestamp { get; init; }

    /// <summary>A finite decimal number, such as a quantity or a rating.</summary>
    public string? Value { get; init; }

    /// <summary>The id of the list that led to it. Another text is reported, and the event counts without it.</summary>
    public string? RecommendationId { get; init; }

    /// <summary>The ISO 4217 code of an amount of money in <see cref="Value"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>A <see cref="FirstArrival"/>, set by a redrive; any other text is ignored.</summary>
    public string? RedrivenFrom { get; init; }
}
