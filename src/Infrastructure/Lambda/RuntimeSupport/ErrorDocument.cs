using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// An exception as Lambda shows it to the caller: <c>{"errorType","errorMessage","stackTrace":[…],"cause":{…}}</c>.
/// </summary>
internal static class ErrorDocument
{
    // Lambda cuts off longer documents in the middle, and then shows none of it.
    private const int MaximumMessage = 8_192;
    private const int MaximumFrames = 64;
    private const int MaximumCauses = 5;

    // It is shown as text, never put into HTML as it is.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static byte[] Of(Exception problem)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            Write(writer, problem, MaximumCauses);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception problem, int causesLeft)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType"u8, problem.GetType().Name);
        writer.WriteString(
            "errorMessage"u8,
            problem.Message.Length <= MaximumMessage ? problem.Message : problem.Message[..MaximumMessage]
        );
        writer.WriteStartArray("stackTrace"u8);
        foreach (
            var frame in (problem.StackTrace ?? "")
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Take(MaximumFrames)
        )
            writer.WriteStringValue(frame);
        writer.WriteEndArray();
        if (problem.InnerException is { } cause && causesLeft > 0)
        {
            writer.WritePropertyName("cause"u8);
            Write(writer, cause, causesLeft - 1);
        }
        writer.WriteEndObject();
    }
}
