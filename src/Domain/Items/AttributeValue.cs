namespace Recommendation.Domain.Items;

/// <summary>One typed value of an attribute of an item or a user.</summary>
public sealed class AttributeValue : IEquatable<AttributeValue>
{
    private readonly object _value;

    private AttributeValue(AttributeType type, object value) => (Type, _value) = (type, value);

    /// <summary>The type. Only the property of this type may be read.</summary>
    public AttributeType Type { get; }

    /// <summary>The text of a <see cref="AttributeType.Text"/>.</summary>
    public string Text => (string)_value;

    /// <summary>The number of a <see cref="AttributeType.Number"/>; finite.</summary>
    public double Number => (double)_value;

    /// <summary>The truth value of a <see cref="AttributeType.Boolean"/>.</summary>
    public bool Boolean => (bool)_value;

    /// <summary>The moment of a <see cref="AttributeType.Time"/>, in UTC.</summary>
    public DateTimeOffset Time => (DateTimeOffset)_value;

    /// <summary>The texts of a <see cref="AttributeType.TextList"/>.</summary>
    public IReadOnlyList<string> Texts => (IReadOnlyList<string>)_value;

    /// <summary>The numbers of a <see cref="AttributeType.Vector"/>; finite.</summary>
    public IReadOnlyList<float> Vector => (IReadOnlyList<float>)_value;

    /// <summary>A text.</summary>
    public static AttributeValue Of(string text) => new(AttributeType.Text, text);

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentException">The number is not finite.</exception>
    public static AttributeValue Of(double number) => double.IsFinite(number)
        ? new(AttributeType.Number, number)
        : throw new ArgumentException($"{number} is not a finite number.", nameof(number));

    /// <summary>A truth value.</summary>
    public static AttributeValue Of(bool value) => new(AttributeType.Boolean, value);

    /// <summary>A moment.</summary>
    public static AttributeValue Of(DateTimeOffset time) => new(AttributeType.Time, time.ToUniversalTime());

    /// <summary>A list of texts.</summary>
    public static AttributeValue Of(IReadOnlyList<string> texts) => new(AttributeType.TextList, texts);

    /// <summary>A vector.</summary>
    /// <exception cref="ArgumentException">One of the numbers is not finite, or there is none.</exception>
    public static AttributeValue Of(IReadOnlyList<float> vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return vector.Count > 0 && vector.All(float.IsFinite)
            ? new(AttributeType.Vector, vector)
            : throw new ArgumentException("A vector needs at least one number, and finite ones.", nameof(vector));
    }

    public bool Equals(AttributeValue? other) =>
        other is not null
        && Type == other.Type
        && Type switch
        {
            AttributeType.TextList => Texts.SequenceEqual(other.Texts, StringComparer.Ordinal),
            AttributeType.Vector => Vector.SequenceEqual(other.Vector),
            _ => _value.Equals(other._value),
        };

    public override bool Equals(object? obj) => Equals(obj as AttributeValue);

    public override int GetHashCode() =>
        Type switch
        {
            AttributeType.TextList => HashCode.Combine(Type, Texts.Count),
            AttributeType.Vector => HashCode.Combine(Type, Vector.Count),
            _ => HashCode.Combine(Type, _value),
        };
}
