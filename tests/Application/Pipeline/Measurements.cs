using System.Diagnostics.Metrics;
using Recommendation.Application.Pipeline;

namespace Recommendation.Application.Tests.Pipeline;

/// <summary>
/// What the meter records within this test: the meter is one for all, so other tests' measurements are told apart by
/// their flow.
/// </summary>
internal sealed class Measurements : IDisposable
{
    private static readonly AsyncLocal<Measurements?> s_current = new();

    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, string Tags)> _taken = [];

    internal Measurements()
    {
        s_current.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, Telemetry.Name, StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The sum recorded under a name and tags, written <c>key=value</c>.</summary>
    internal double Sum(string name, string tags = "")
    {
        lock (_taken)
            return _taken
                .Where(one =>
                    one.Name.Equals(name, StringComparison.Ordinal) && one.Tags.Equals(tags, StringComparison.Ordinal)
                )
                .Sum(one => one.Value);
    }

    internal int Count(string name)
    {
        lock (_taken)
            return _taken.Count(one => one.Name.Equals(name, StringComparison.Ordinal));
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (s_current.Value != this)
            return;
        var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_taken)
            _taken.Add((instrument.Name, value, text));
    }
}
