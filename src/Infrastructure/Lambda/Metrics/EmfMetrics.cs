using System.Diagnostics.Metrics;
using Recommendation.Application.Pipeline;
using Recommendation.Lambda.Logging;

namespace Recommendation.Lambda.Metrics;

/// <summary>
/// Gathers what the meters measure and writes it as log lines in CloudWatch's embedded metric format. Nothing is sent
/// in the background, which a frozen process could not do: the invocation's end writes what it measured.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </remarks>
public sealed class EmfMetrics : IDisposable
{
    /// <summary>The namespace where <c>METRICS_NAMESPACE</c> gives none.</summary>
    public const string DefaultNamespace = "Recommendation";

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly StandardOutput _output;
    private readonly TimeProvider _time;
    private readonly string _namespace;
    private Dictionary<string, TaggedMetrics> _measured = new(StringComparer.Ordinal);

    public EmfMetrics(string metricsNamespace, TimeProvider time)
        : this(metricsNamespace, StandardOutput.Shared, time)
    {
    }

    internal EmfMetrics(string metricsNamespace, StandardOutput output, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metricsNamespace);
        (_namespace, _output, _time) = (metricsNamespace, output, time);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, Telemetry.Name, StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Writes what was measured since the last time, and forgets it.</summary>
    /// <param name="requestId">The invocation that measured it.</param>
    public void Flush(string? requestId)
    {
        _listener.RecordObservableInstruments();
        Dictionary<string, TaggedMetrics> measured;
        lock (_lock)
            (measured, _measured) = (_measured, new Dictionary<string, TaggedMetrics>(StringComparer.Ordinal));
        var now = _time.GetUtcNow();
        foreach (var metrics in measured.Values)
        {
            foreach (var line in EmfLine.Of(_namespace, now, requestId, metrics))
                _output.Write(line.Span);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = TaggedMetrics.KeyOf(tags);
        lock (_lock)
        {
            if (!_measured.TryGetValue(key, out var metrics))
                _measured.Add(key, metrics = new TaggedMetrics(tags));
            metrics.Add(instrument, value);
        }
    }
}
