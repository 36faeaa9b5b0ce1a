using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Measures = Recommendation.Application.Pipeline.Telemetry;

namespace Recommendation.AdminApi.Telemetry;

/// <summary>
/// The metrics of this process for Prometheus. Measured from the first scrape on, so that a server that nobody scrapes
/// spends nothing on it.
/// </summary>
internal sealed class Scrapes : IDisposable
{
    private const string MediaType = "text/plain; version=0.0.4; charset=utf-8";
    private const int CollectMilliseconds = 10_000;

    private static readonly double[] s_listAges = [60, 600, 3600, 21600, 43200, 86400, 172800, 604800];
    private static readonly double[] s_shares = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

    private readonly Lock _gate = new();
    private readonly PrometheusText _text = new();
    private BaseExportingMetricReader? _reader;
    private MeterProvider? _provider;

    public void Dispose()
    {
        lock (_gate)
        {
            _provider?.Dispose();
            _reader?.Dispose();
            _text.Dispose();
        }
    }

    internal static async Task WriteAsync(HttpContext context, Scrapes scrapes)
    {
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(scrapes.Collect(), context.RequestAborted);
    }

    /// <summary>One scrape at a time.</summary>
    private string Collect()
    {
        lock (_gate)
        {
            if (_provider is null)
                Start();
            _reader!.Collect(CollectMilliseconds);
            return _text.ToString();
        }
    }

    private void Start()
    {
        _reader = new BaseExportingMetricReader(_text);
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter([.. TelemetryExport.Meters])
            .AddView("recommendation.list.age", Buckets(s_listAges))
            .AddView("recommendation.model.ndcg", Buckets(s_shares))
            .AddView("recommendation.lists.ndcg", Buckets(s_shares))
            .AddReader(_reader)
            .Build();
        Measures.ShowZeros();
    }

    private static ExplicitBucketHistogramConfiguration Buckets(double[] bounds) => new() { Boundaries = bounds };
}
