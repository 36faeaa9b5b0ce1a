namespace Recommendation.Domain.Interactions;

/// <summary>How the value of an event counts. An event without a value has the weight of its type.</summary>
public readonly record struct ValueRule
{
    /// <summary>The value does not count.</summary>
    public static readonly ValueRule Ignore;

    /// <summary>The weight is multiplied by the value, such as a quantity.</summary>
    public static readonly ValueRule Multiply = new() { Multiplies = true };

    /// <summary>Whether the weight is multiplied by the value.</summary>
    public bool Multiplies { get; private init; }

    /// <summary>
    /// From which value on an event speaks for the item; below it, the weight counts against it. Null if there is no
    /// such value.
    /// </summary>
    public double? Threshold { get; private init; }

    /// <summary>An event speaks for the item from a value on, such as a rating, and against it below.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public static ValueRule PositiveFrom(double value) => double.IsFinite(value)
        ? new() { Threshold = value }
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The value is not a finite number.");

    /// <summary>What an event weighs.</summary>
    internal double Apply(double weight, double? value)
    {
        if (value is not { } given)
            return weight;
        if (Multiplies)
            return Math.Clamp(weight * given, -EventType.MaximumWeight, EventType.MaximumWeight);
        return given < Threshold ? -weight : weight;
    }
}
