namespace Recommendation.Domain.Scenarios;

/// <summary>
/// The name of a scenario: 1–64 of a–z, 0–9, <c>-</c> and <c>_</c>, beginning with a letter or a digit.
/// </summary>
public readonly record struct ScenarioName
{
    private const int MaximumLength = 64;

    /// <summary>The scenario of requests that name none. It has no rules until somebody gives it some.</summary>
    public static readonly ScenarioName Default = new("default");

    private ScenarioName(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no name; the message says why.</exception>
    public static ScenarioName Parse(string? text) => TryParse(text) ?? throw new ArgumentException(
        $"A scenario's name has 1–{MaximumLength} of a–z, 0–9, - and _, and begins with a letter or a digit.",
        nameof(text)
    );

    /// <returns>Null if the text is no name.</returns>
    public static ScenarioName? TryParse(string? text) =>
        text is { Length: > 0 and <= MaximumLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
            ? new ScenarioName(text) : null;

    public override string ToString() => Value;
}
