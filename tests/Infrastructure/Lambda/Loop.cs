using System.Text;
using Amazon.Lambda.RuntimeSupport;
using Recommendation.Emulators;

namespace Recommendation.Lambda.Tests;

/// <summary>A function in this process, on a Runtime API of the test's own.</summary>
internal sealed class Loop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LambdaBootstrap _bootstrap;
    private readonly RuntimeApi _api;

    private Loop(RuntimeApi api, LambdaBootstrap bootstrap)
    {
        (_api, _bootstrap) = (api, bootstrap);
        Running = bootstrap.RunAsync(_stop.Token);
    }

    internal RuntimeApi Api => _api;

    internal Task Running { get; }

    internal static async Task<Loop> StartAsync(LambdaBootstrapBuilder builder, TimeProvider? time = null)
    {
        var api = await RuntimeApi.StartAsync();
        return new Loop(api, builder.Build(api.Address, time ?? TimeProvider.System));
    }

    internal Task<InvocationOutcome> InvokeAsync(string payload, TimeSpan? timeout = null, string? traceId = null) =>
        _api.InvokeAsync(Encoding.UTF8.GetBytes(payload), timeout, traceId);

    internal Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ContinueWith(_ => { }, TaskScheduler.Default);
        _bootstrap.Dispose();
        await _api.DisposeAsync();
        _stop.Dispose();
    }
}
