using Recommendation.Domain.Feedback;

namespace Recommendation.Domain.Interactions;

/// <summary>What one type of interaction means.</summary>
public sealed record EventType
{
    /// <summary>The greatest absolute weight, of a type and of an event whose value multiplies it.</summary>
    public const double MaximumWeight = 1e6;

    /// <summary>
    /// What an event says about taste; negative where the user rejects the item, 0 where it says nothing.
    /// </summary>
    public required double Weight { get; init; }

    /// <summary>Whether the item is never offered to the user again.</summary>
    public bool Hides { get; init; }

    /// <summary>How the value of an event counts.</summary>
    public ValueRule Value { get; init; }

    /// <summary>
    /// The type whose weight an event takes away from the user's earlier events of the same item, never below 0. The
    /// weight of this type says how much. It does not offer the item again.
    /// </summary>
    public InteractionType? Cancels { get; init; }

    /// <summary>What it means in metrics.</summary>
    public FeedbackRole Role { get; init; }

    /// <summary>Whether the value of an event that counts as a conversion is an amount of money.</summary>
    public bool IsRevenue { get; init; }

    /// <summary>Other names that producers use for the type.</summary>
    public IReadOnlyList<InteractionType> Aliases { get; init; } = [];
}
