namespace Recommendation.Domain.Interactions;

/// <summary>Where and when an event first arrived that was rejected then and is appended to the log anew.</summary>
/// <param name="Position">The position of the rejected event.</param>
/// <param name="ArrivedAt">Its first arrival: UTC, whole milliseconds.</param>
public readonly record struct FirstArrival(Position Position, DateTimeOffset ArrivedAt)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>Null for any other text.</returns>
    public static FirstArrival? TryParse(string? text)
    {
        if (text is null || text.IndexOf(' ', StringComparison.Ordinal) is not (> 0 and var space))
            return null;
        if (Timestamps.Parse(text.AsSpan(0, space)) is not { } arrivedAt)
            return null;
        try
        {
            return new FirstArrival(Position.Parse(text[(space + 1)..]), arrivedAt);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Timestamps.Format(ArrivedAt)} {Position}";
}
