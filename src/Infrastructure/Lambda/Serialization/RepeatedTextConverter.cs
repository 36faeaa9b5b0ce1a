using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Text that is the same in every record of a batch, such as the stream's ARN: made once, not once a record.
/// </summary>
public sealed class RepeatedTextConverter : JsonConverter<string>
{
    private string _last = "";

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var last = _last;
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(last))
            return last;
        return reader.GetString() is { } text ? _last = text : null;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
