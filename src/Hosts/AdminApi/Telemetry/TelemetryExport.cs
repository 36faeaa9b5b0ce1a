using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Measures = Recommendation.Application.Pipeline.Telemetry;

namespace Recommendation.AdminApi.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector where one is named by <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; the exporter reads
/// the other OTEL settings too.
/// </summary>
internal sealed class TelemetryExport : IHostedService, IDisposable
{
    internal const string Setting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The meters that are exported. None names a path, a user or an item.</summary>
    internal static IReadOnlyList<string> Meters { get; } =
    [
        Measures.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter([.. Meters])
            .AddOtlpExporter()
            .Build();
        // The framework's own activities hold the path of the request, and so user ids: only the use cases' are sent.
        _traces = Sdk.CreateTracerProviderBuilder().AddSource(Measures.Name).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}

internal static class TelemetryServices
{
    internal static void AddTelemetryExport(this IServiceCollection services)
    {
        services.AddSingleton<Scrapes>();
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TelemetryExport.Setting)))
            services.AddHostedService<TelemetryExport>();
    }
}
