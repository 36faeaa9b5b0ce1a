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

    /// <summary>A <see cref="FirstArrival"/>, set by a redrive; any other text is ignored.</summary>
    public string? RedrivenFrom { get; init; }
}
