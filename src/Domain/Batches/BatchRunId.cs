using System.Globalization;

namespace Recommendation.Domain.Batches;

/// <summary>
/// The name of a batch run: <c>[A-Za-z0-9][A-Za-z0-9._-]{0,79}</c>, so that it can be a folder or a key.
/// </summary>
public readonly record struct BatchRunId : IComparable<BatchRunId>
{
    private BatchRunId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no run id.</exception>
    public static BatchRunId Parse(string? text) => new(Slug.Require(text, "Run id"));

    /// <summary>The nightly run of a day: the same name however often the schedule fires.</summary>
    public static BatchRunId Scheduled(DateOnly date) =>
        new(string.Create(CultureInfo.InvariantCulture, $"scheduled-{date:yyyy-MM-dd}"));

    /// <summary>A run that somebody asked for.</summary>
    public static BatchRunId Manual(DateTimeOffset at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"manual-{at.UtcDateTime:yyyyMMdd'T'HHmmssfff}"));

    public int CompareTo(BatchRunId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
