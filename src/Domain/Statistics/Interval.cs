namespace Recommendation.Domain.Statistics;

/// <summary>The values between two bounds, both included.</summary>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Whether a value is within the bounds.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}
