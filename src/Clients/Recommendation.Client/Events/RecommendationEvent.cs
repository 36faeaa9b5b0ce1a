namespace Recommendation.Client;

/// <summary>What a user did with an item.</summary>
public sealed record RecommendationEvent
{
    internal const int MaximumLength = 1_024;

    /// <summary>Who: 1–256 UTF-8 bytes without control characters.</summary>
    public required string UserId { get; init; }

    /// <summary>With what: 1–256 UTF-8 bytes without control characters.</summary>
    public required string ItemId { get; init; }

    /// <summary>Such as <c>view</c>, <c>click</c>, <c>add-to-cart</c>, <c>purchase</c>; null for <c>view</c>.</summary>
    public string? InteractionType { get; init; }

    /// <summary>When; null for now. The API rejects times that are more than 5 minutes ahead of its clock.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Names the event, so that it counts once however often it is sent; null to give it an id.</summary>
    public string? EventId { get; init; }

    /// <summary>A rating, a quantity or an amount; what it means is a setting of the type.</summary>
    public double? Value { get; init; }

    /// <summary>The ISO 4217 code of an amount in the value.</summary>
    public string? Currency { get; init; }

    /// <summary>The <see cref="RecommendationList.RecommendationId"/> of the list that led to it.</summary>
    public string? RecommendationId { get; init; }

    /// <exception cref="ArgumentException">The event can't be sent at all.</exception>
    internal void Require(string parameter)
    {
        if (string.IsNullOrEmpty(UserId) || string.IsNullOrEmpty(ItemId))
            throw new ArgumentException("The event has no UserId or no ItemId; set both.", parameter);
        foreach (var text in (ReadOnlySpan<string?>)
            [UserId, ItemId, InteractionType, EventId, Currency, RecommendationId])
        {
            if (text?.Length > MaximumLength)
                throw new ArgumentException(
                    $"A member of the event has {text.Length} characters; an id has at most 256 bytes.", parameter);
        }
        if (Value is { } value && !double.IsFinite(value))
            throw new ArgumentException($"The value of the event is {value}; give a finite number.", parameter);
    }
}
