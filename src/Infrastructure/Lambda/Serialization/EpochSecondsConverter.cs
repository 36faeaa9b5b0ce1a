using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Seconds since 1970 with three places, as Kinesis gives arrival times. To the millisecond: what is kept of them.
/// </summary>
public sealed class EpochSecondsConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var milliseconds = Math.Round(reader.GetDouble() * 1000);
        if (double.IsNaN(milliseconds) || Math.Abs(milliseconds) > 1e14)
            throw new JsonException("A time is out of range.");
        return DateTime.UnixEpoch.AddMilliseconds(milliseconds);
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round((decimal)(value - DateTime.UnixEpoch).TotalMilliseconds) / 1000);
}
