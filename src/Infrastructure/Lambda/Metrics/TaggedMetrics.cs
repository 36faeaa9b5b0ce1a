using System.Diagnostics.Metrics;
using System.Globalization;

namespace Recommendation.Lambda.Metrics;

/// <summary>What was measured with the same tags.</summary>
internal sealed class TaggedMetrics
{
    private readonly Dictionary<Instrument, MetricValues> _metrics = [];

    internal TaggedMetrics(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new List<KeyValuePair<string, string>>(tags.Length);
        foreach (var (name, value) in tags)
            texts.Add(new(name, TextOf(value)));
        Tags = texts;
    }

    internal IReadOnlyList<KeyValuePair<string, string>> Tags { get; }

    internal IReadOnlyDictionary<Instrument, MetricValues> Metrics => _metrics;

    internal static string KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = "";
        foreach (var (name, value) in tags)
            key += $"{name}={TextOf(value)}\n";
        return key;
    }

    internal void Add(Instrument instrument, double value)
    {
        if (!_metrics.TryGetValue(instrument, out var values))
            _metrics.Add(instrument, values = new MetricValues(instrument));
        values.Add(value);
    }

    // CloudWatch refuses empty dimension values.
    private static string TextOf(object? value) =>
        Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "none";
}
