using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommendation.Domain;

namespace Recommendation.Lambda.Logging;

/// <summary>What a log line says, but for the values of its template and scopes.</summary>
internal readonly record struct LogEntry(
    DateTimeOffset At, string Level, string? RequestId, string Category, string Message, Exception? Problem);

/// <summary>
/// A log line as CloudWatch Logs takes fields from it:
/// <c>{"timestamp","level","requestId","category","message",…,"exception"}</c>, with the values of the message's
/// template and of the scopes under their names.
/// </summary>
internal static class JsonLogLine
{
    // Log lines are never put into HTML as they are.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] s_own =
    [
        "timestamp",
        "level",
        "requestId",
        "category",
        "message",
        "exception",
        "{OriginalFormat}",
    ];

    internal static void Write(
        StandardOutput output,
        in LogEntry entry,
        IEnumerable<KeyValuePair<string, object?>>? values = null
    )
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp"u8, Timestamps.Format(entry.At));
            writer.WriteString("level"u8, entry.Level);
            if (entry.RequestId is { } id)
                writer.WriteString("requestId"u8, id);
            writer.WriteString("category"u8, entry.Category);
            writer.WriteString("message"u8, entry.Message);
            WriteValues(writer, values);
            if (entry.Problem is { } problem)
                writer.WriteString("exception"u8, problem.ToString());
            writer.WriteEndObject();
        }
        buffer.Write("\n"u8);
        output.Write(buffer.WrittenSpan);
    }

    private static void WriteValues(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>>? values)
    {
        if (values is null)
            return;
        var taken = new HashSet<string>(s_own, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (taken.Add(name))
                WriteValue(writer, name, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(name, number);
                break;
            case DateTimeOffset time:
                writer.WriteString(name, Timestamps.Format(time));
                break;
            default:
                writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
