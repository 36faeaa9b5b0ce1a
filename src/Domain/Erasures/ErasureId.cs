namespace Recommendation.Domain.Erasures;

/// <summary>The name of an erasure; names order by the time of the request.</summary>
public readonly record struct ErasureId : IComparable<ErasureId>
{
    private ErasureId(string value) => Value = value;

    public string Value { get; }

    /// <summary>A name that no other erasure has.</summary>
    /// <param name="requestedAt">When the erasure was requested.</param>
    public static ErasureId New(DateTimeOffset requestedAt) => new(Guid.CreateVersion7(requestedAt).ToString("N"));

    /// <summary>No name of an erasure that was requested at or after this time is less, to the millisecond.</summary>
    public static string FirstAt(DateTimeOffset requestedAt) =>
        Math.Max(0, requestedAt.ToUnixTimeMilliseconds())
            .ToString("x12", System.Globalization.CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">The text is no erasure id.</exception>
    public static ErasureId Parse(string? text) => new(Slug.Require(text, "Erasure id"));

    public int CompareTo(ErasureId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
