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

    public override string ToString() => Value;
}
