using System.Collections.Frozen;

namespace Recommendation.Domain.Interactions;

/// <summary>
/// How much each type of interaction says about taste. Configured types are counted apart in profiles; all others
/// are counted as <c>other</c> and weigh <see cref="OtherWeight"/>.
/// </summary>
public sealed class EventTypeSettings
{
    /// <summary>The weight of a type that is not configured.</summary>
    public const double OtherWeight = 1;

    public static readonly EventTypeSettings Default = new(new Dictionary<InteractionType, double>
    {
        [InteractionType.View] = 1,
        [InteractionType.Click] = 1,
        [InteractionType.AddToCart] = 3,
        [InteractionType.Purchase] = 5,
        [InteractionType.Like] = 4,
        [InteractionType.Dislike] = -4,
    });

    private readonly FrozenDictionary<InteractionType, double> _weights;

    /// <exception cref="ArgumentException">A weight is not a finite number, or <c>other</c> was configured.</exception>
    public EventTypeSettings(IReadOnlyDictionary<InteractionType, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var (type, weight) in weights)
        {
            if (!double.IsFinite(weight))
                throw new ArgumentException($"The weight of '{type}' is not a finite number.", nameof(weights));
        }
        if (weights.ContainsKey(InteractionType.Other))
            throw new ArgumentException("'other' stands for all types without a weight and can't have one.", nameof(weights));
        _weights = weights.ToFrozenDictionary();
    }

    public double Of(InteractionType type) => _weights.TryGetValue(type, out var weight) ? weight : OtherWeight;

    /// <summary>The name under which a type is counted.</summary>
    public InteractionType CountedAs(InteractionType type) => _weights.ContainsKey(type) ? type : InteractionType.Other;
}
