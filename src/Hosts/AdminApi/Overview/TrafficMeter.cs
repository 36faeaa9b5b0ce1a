using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Measures = Recommendation.Application.Pipeline.Telemetry;

namespace Recommendation.AdminApi.Overview;

/// <summary>Keeps what the meters of this process said in the last hour, minute by minute.</summary>
internal sealed class TrafficMeter(TimeProvider time) : IHostedService, IDisposable
{
    internal const int Minutes = 60;

    private readonly Lock _gate = new();
    private readonly MinuteTraffic[] _minutes = new MinuteTraffic[Minutes];
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _unnamed = new(StringComparer.Ordinal);
    private double? _lag;

    internal DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>
    /// How long the last batch of events took from arrival to profile, in milliseconds; null before the first.
    /// </summary>
    internal double? Lag
    {
        get
        {
            lock (_gate)
                return _lag;
        }
    }

    /// <summary>Interactions counted since <see cref="Since"/> whose types the settings do not name, by type.</summary>
    internal IReadOnlyDictionary<string, long> UnnamedTypes
    {
        get
        {
            lock (_gate)
                return new SortedDictionary<string, long>(_unnamed, StringComparer.Ordinal);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, Measures.Name, StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(OnCount);
        _listener.SetMeasurementEventCallback<double>(OnValue);
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>The last hour, oldest minute first, minutes without traffic included.</summary>
    internal IReadOnlyList<MinuteTraffic> LastHour()
    {
        var now = MinuteOf(time.GetUtcNow());
        lock (_gate)
        {
            return
            [
                .. Enumerable
                    .Range(1, Minutes)
                    .Select(n => now - Minutes + n)
                    .Select(minute =>
                        _minutes[minute % Minutes] is { } known && known.Minute == minute
                            ? known
                            : new MinuteTraffic { Minute = minute }
                    ),
            ];
        }
    }

    private void OnCount(
        Instrument instrument,
        long count,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? state
    )
    {
        var source = tags.Length > 0 ? tags[0].Value as string : null;
        var minute = MinuteOf(time.GetUtcNow());
        lock (_gate)
        {
            ref var traffic = ref _minutes[minute % Minutes];
            if (traffic.Minute != minute)
                traffic = new MinuteTraffic { Minute = minute };
            traffic.Add(instrument.Name, source, count);
            if (instrument.Name is "recommendation.records.unnamed" && source is not null)
                _unnamed[source] = _unnamed.GetValueOrDefault(source) + count;
        }
    }

    private void OnValue(
        Instrument instrument,
        double value,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? state
    )
    {
        if (instrument.Name is not "recommendation.records.lag")
            return;
        lock (_gate)
            _lag = value;
    }

    private static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;
}

/// <summary>What happened within a minute.</summary>
internal struct MinuteTraffic
{
    internal long Minute { get; init; }

    internal long Accepted { get; private set; }

    internal long Rejected { get; private set; }

    internal long Duplicated { get; private set; }

    internal long Failed { get; private set; }

    internal long Batch { get; private set; }

    internal long Realtime { get; private set; }

    internal long Stale { get; private set; }

    internal long Popular { get; private set; }

    internal void Add(string instrument, string? tag, long count)
    {
        switch (instrument, tag)
        {
            case ("recommendation.records.accepted", _): Accepted += count; break;
            case ("recommendation.records.rejected", _): Rejected += count; break;
            case ("recommendation.records.duplicated", _): Duplicated += count; break;
            case ("recommendation.records.failed", _): Failed += count; break;
            case ("recommendation.lists.shown", "batch"): Batch += count; break;
            case ("recommendation.lists.shown", "realtime"): Realtime += count; break;
            case ("recommendation.lists.shown", "stale"): Stale += count; break;
            case ("recommendation.lists.shown", "popular"): Popular += count; break;
            default: break;
        }
    }
}
