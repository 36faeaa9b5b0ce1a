namespace Recommendation.Domain.Interactions;

/// <summary>An ISO 4217 code: three capital letters.</summary>
public readonly record struct CurrencyCode
{
    /// <summary>Stands for a text that is no code, and for a missing one, so that such amounts are seen.</summary>
    public static readonly CurrencyCode None = new("none");

    private CurrencyCode(string value) => Value = value;

    public string Value { get; }

    /// <returns>The code, in capitals; <see cref="None"/> for a text that is none.</returns>
    public static CurrencyCode Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 3 && text.All(char.IsAsciiLetter) ? new(text.ToUpperInvariant()) : None;
    }

    /// <summary>A code in capitals, and <c>none</c> as it is stored; any other text stays as it is.</summary>
    public static string? Normalise(string? text) =>
        text is null ? null
        : string.Equals(text, None.Value, StringComparison.OrdinalIgnoreCase) ? None.Value
        : Of(text) is var code && code != None ? code.Value : text;

    public override string ToString() => Value;
}
