using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recommendation.Client;

/// <summary>A value of an attribute: a text, a number, true or false, a list of texts, or a vector.</summary>
[JsonConverter(typeof(AttributeValueConverter))]
public sealed class AttributeValue
{
    private AttributeValue(object value) => Value = value;

    /// <summary>A <see cref="string"/>, <see cref="double"/>, <see cref="bool"/>, or an array of these.</summary>
    public object Value { get; }

    public static implicit operator AttributeValue(string text) => Of(text);

    public static implicit operator AttributeValue(double number) => Of(number);

    public static implicit operator AttributeValue(bool value) => Of(value);

    public static implicit operator AttributeValue(DateTimeOffset time) => Of(time);

    public static implicit operator AttributeValue(string[] texts) => Of(texts);

    public static implicit operator AttributeValue(double[] vector) => Of(vector);

    /// <summary>A text.</summary>
    public static AttributeValue Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new AttributeValue(text);
    }

    /// <summary>A finite number.</summary>
    public static AttributeValue Of(double number) => double.IsFinite(number)
        ? new AttributeValue(number)
        : throw new ArgumentException($"{number} is not a finite number.", nameof(number));

    /// <summary>True or false.</summary>
    public static AttributeValue Of(bool value) => new(value);

    /// <summary>A moment; it is read back as a text of ISO 8601.</summary>
    public static AttributeValue Of(DateTimeOffset time) =>
        new(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    /// <summary>Texts.</summary>
    public static AttributeValue Of(IReadOnlyList<string> texts) => new(texts.ToArray());

    /// <summary>A vector of finite numbers.</summary>
    public static AttributeValue Of(IReadOnlyList<double> vector) => vector.All(double.IsFinite)
        ? new AttributeValue(vector.ToArray())
        : throw new ArgumentException("The vector has a number that is not finite.", nameof(vector));

    /// <summary>The value as text; the texts or numbers of a list, divided by commas.</summary>
    public override string ToString() => Value switch
    {
        string[] texts => string.Join(", ", texts),
        double[] vector => string.Join(", ", vector.Select(one => one.ToString(CultureInfo.InvariantCulture))),
        bool value => value ? "true" : "false",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };
}

internal sealed class AttributeValueConverter : JsonConverter<AttributeValue>
{
    public override AttributeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => AttributeValue.Of(reader.GetString()!),
            JsonTokenType.Number => AttributeValue.Of(reader.GetDouble()),
            JsonTokenType.True => AttributeValue.Of(true),
            JsonTokenType.False => AttributeValue.Of(false),
            JsonTokenType.StartArray => ReadArray(ref reader),
            _ => throw new JsonException($"An attribute is a {reader.TokenType}."),
        };

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options)
    {
        switch (value.Value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case string[] texts:
                writer.WriteStartArray();
                foreach (var text in texts)
                    writer.WriteStringValue(text);
                writer.WriteEndArray();
                break;
            case double[] vector:
                writer.WriteStartArray();
                foreach (var number in vector)
                    writer.WriteNumberValue(number);
                writer.WriteEndArray();
                break;
        }
    }

    private static AttributeValue ReadArray(ref Utf8JsonReader reader)
    {
        var (texts, numbers) = (new List<string>(), new List<double>());
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                texts.Add(reader.GetString()!);
            else
                numbers.Add(reader.GetDouble());
        }
        return numbers.Count > 0 ? AttributeValue.Of(numbers) : AttributeValue.Of(texts);
    }
}
