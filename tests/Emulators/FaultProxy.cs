using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recommendation.Emulators;

/// <summary>
/// A service that does what a test tells it: answers, or fails as services and networks do. What the test leaves open
/// goes to the server behind it, so that a failure can be put before, or after, what really happens.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly HttpClient s_client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private readonly WebApplication _application;
    private readonly Uri? _upstream;
    private readonly Func<StubRequest, StubAnswer?> _rule;
    private readonly ConcurrentQueue<StubRequest> _requests = new();

    private FaultProxy(Uri? upstream, Func<StubRequest, StubAnswer?> rule)
    {
        (_upstream, _rule) = (upstream, rule);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    public Uri Url =>
        new(
            _application
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Single()
        );

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    /// <summary>How many requests asked for an operation.</summary>
    public int CountOf(string operation) => _requests.Count(request => request.Is(operation));

    /// <param name="rule">What to answer; null to pass the request on. Called once a request, one
    /// request at a time.</param>
    /// <param name="upstream">The server behind; null where the rule answers everything.</param>
    public static async Task<FaultProxy> StartAsync(Func<StubRequest, StubAnswer?> rule, Uri? upstream = null)
    {
        var proxy = new FaultProxy(upstream, rule);
        await proxy._application.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = await StubRequest.ReadAsync(context.Request, context.RequestAborted);
        StubAnswer? answer;
        lock (_requests)
        {
            _requests.Enqueue(request);
            answer = _rule(request);
        }
        var action = answer ?? StubAnswer.PassOn;
        await action.WriteAsync(context, () => ForwardAsync(request, context.RequestAborted));
    }

    private async Task<HttpResponseMessage> ForwardAsync(StubRequest request, CancellationToken cancellationToken)
    {
        using var forwarded = request.ToMessage(
            _upstream ?? throw new InvalidOperationException("There is no server behind this one.")
        );
        return await s_client.SendAsync(forwarded, cancellationToken);
    }
}
