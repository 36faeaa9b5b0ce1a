namespace Recommendation.Domain.Models;

/// <summary>
/// The name of a trained model: <c>[A-Za-z0-9][A-Za-z0-9._-]{0,79}</c>, so that it can be a folder or a key.
/// </summary>
public readonly record struct ModelVersion : IComparable<ModelVersion>
{
    private ModelVersion(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no version name.</exception>
    public static ModelVersion Parse(string? text) => new(Slug.Require(text, "Model version"));

    public int CompareTo(ModelVersion other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
