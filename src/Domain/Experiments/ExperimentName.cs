namespace Recommendation.Domain.Experiments;

/// <summary>
/// The name of an experiment, a variant or a layer: <c>[a-z0-9][a-z0-9._-]{0,39}</c>. Experiments are never renamed.
/// </summary>
public readonly record struct ExperimentName : IComparable<ExperimentName>
{
    private const int MaximumLength = 40;

    private ExperimentName(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no name; the message says why.</exception>
    public static ExperimentName Parse(string? text) =>
        TryParse(text)
        ?? throw new ArgumentException(
            $"'{text}' is not a name of the form [a-z0-9][a-z0-9._-]{{0,39}}.", nameof(text));

    /// <returns>Null where the text is no name.</returns>
    public static ExperimentName? TryParse(string? text) =>
        text is { Length: >= 1 and <= MaximumLength }
        && (char.IsAsciiLetterLower(text[0]) || char.IsAsciiDigit(text[0]))
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-')
            ? new ExperimentName(text)
            : null;

    public int CompareTo(ExperimentName other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
