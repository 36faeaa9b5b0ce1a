using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Recommendation.Lambda.Metrics;

/// <summary>Writes metrics with one set of dimensions, the tags' names; no tags are the empty set.</summary>
internal static class EmfLine
{
    // The format's limits for a line.
    private const int MaximumValues = 100;
    private const int MaximumMetrics = 100;

    internal static IEnumerable<ReadOnlyMemory<byte>> Of(
        string metricsNamespace,
        DateTimeOffset at,
        string? requestId,
        TaggedMetrics tagged
    )
    {
        var parts = tagged.Metrics.SelectMany(metric => PartsOf(metric.Key, metric.Value)).ToList();
        // The parts of one metric must not share a line: names are unique there.
        foreach (var line in parts.GroupBy(part => part.Number))
        {
            foreach (var chunk in line.Chunk(MaximumMetrics))
                yield return Write(metricsNamespace, at, requestId, tagged.Tags, chunk);
        }
    }

    private static IEnumerable<Part> PartsOf(Instrument instrument, MetricValues values) =>
        values.Single is { } single
            ? [new Part(0, instrument, single, [])]
            : values
                .Distinct.Chunk(MaximumValues)
                .Select((chunk, number) => new Part(number, instrument, Single: null, chunk));

    private static ReadOnlyMemory<byte> Write(
        string metricsNamespace,
        DateTimeOffset at,
        string? requestId,
        IReadOnlyList<KeyValuePair<string, string>> tags,
        Part[] parts
    )
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("_aws"u8);
            writer.WriteNumber("Timestamp"u8, at.ToUnixTimeMilliseconds());
            writer.WriteStartArray("CloudWatchMetrics"u8);
            WriteDirective(writer, metricsNamespace, tags, parts);
            writer.WriteEndArray();
            writer.WriteEndObject();
            if (requestId is not null)
                writer.WriteString("requestId"u8, requestId);
            foreach (var (name, value) in tags)
                writer.WriteString(name, value);
            foreach (var part in parts)
                WriteValues(writer, part);
            writer.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void WriteDirective(
        Utf8JsonWriter writer,
        string metricsNamespace,
        IReadOnlyList<KeyValuePair<string, string>> tags,
        Part[] parts
    )
    {
        writer.WriteStartObject();
        writer.WriteString("Namespace"u8, metricsNamespace);
        writer.WriteStartArray("Dimensions"u8);
        writer.WriteStartArray();
        foreach (var (name, _) in tags)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteStartArray("Metrics"u8);
        foreach (var part in parts)
        {
            writer.WriteStartObject();
            writer.WriteString("Name"u8, part.Instrument.Name);
            writer.WriteString("Unit"u8, UnitOf(part.Instrument.Unit));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, Part part)
    {
        if (part.Single is { } single)
        {
            writer.WriteNumber(part.Instrument.Name, single);
            return;
        }
        writer.WriteStartObject(part.Instrument.Name);
        writer.WriteStartArray("Values"u8);
        foreach (var (value, _) in part.Values)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
        writer.WriteStartArray("Counts"u8);
        foreach (var (_, count) in part.Values)
            writer.WriteNumberValue(count);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>CloudWatch's name of a unit of measure (UCUM).</summary>
    private static string UnitOf(string? unit) => unit switch
    {
        "s" => "Seconds",
        "ms" => "Milliseconds",
        "us" => "Microseconds",
        "By" => "Bytes",
        "%" => "Percent",
        ['{', ..] => "Count",
        _ => "None",
    };

    private sealed record Part(int Number, Instrument Instrument, double? Single, KeyValuePair<double, int>[] Values);
}
