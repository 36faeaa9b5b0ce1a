namespace Recommendation.Domain.Interactions;

/// <summary>What the user did: <c>[a-z][a-z0-9_-]{0,31}</c>; capitals are folded.</summary>
public readonly record struct InteractionType : IComparable<InteractionType>
{
    public const int MaximumLength = 32;

    public static readonly InteractionType View = new("view");
    public static readonly InteractionType Click = new("click");
    public static readonly InteractionType AddToCart = new("add-to-cart");
    public static readonly InteractionType Purchase = new("purchase");
    public static readonly InteractionType Like = new("like");
    public static readonly InteractionType Dislike = new("dislike");
    public static readonly InteractionType RemoveFromCart = new("remove-from-cart");
    public static readonly InteractionType Refund = new("refund");
    public static readonly InteractionType Rating = new("rating");
    public static readonly InteractionType Impression = new("impression");

    /// <summary>The name under which types that the settings do not name are counted together.</summary>
    public static readonly InteractionType Other = new("other");

    private static readonly InteractionType[] s_known = [
        View, Click, AddToCart, Purchase, Like, Dislike, RemoveFromCart, Refund, Rating, Impression, Other,
    ];

    private InteractionType(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no type; the message says why.</exception>
    public static InteractionType Parse(string? text) =>
        TryParse(text)
        ?? throw new ArgumentException(
            $"Interaction type '{text}' is not of the form [a-z][a-z0-9_-]{{0,31}}.",
            nameof(text)
        );

    /// <returns>Null where the text is not of the form <c>[a-z][a-z0-9_-]{0,31}</c> after
    /// trimming and folding capitals.</returns>
    public static InteractionType? TryParse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        foreach (var known in s_known)
        {
            if (text.SequenceEqual(known.Value))
                return known;
        }
        if (text.Length is 0 or > MaximumLength || !char.IsAsciiLetter(text[0]))
            return null;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return null;
        }
        return new InteractionType(text.ToString().ToLowerInvariant());
    }

    public int CompareTo(InteractionType other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
