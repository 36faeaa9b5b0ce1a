using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recommendation.Lambda;

namespace Recommendation.LambdaHttp;

/// <summary>Where the Runtime API listens: host and port.</summary>
internal sealed record RuntimeApiAddress(string HostAndPort);

/// <summary>
/// A server without a socket: each invocation is a request. An exception that the application lets through fails the
/// invocation, so that the function's error metric tells of it; the caller gets a 500 from the gateway.
/// </summary>
internal sealed partial class HttpApiServer(
    RuntimeApiAddress runtimeApi,
    Invocations invocations,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<HttpApiServer> logger
) : IServer
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public IFeatureCollection Features { get; } = NewFeatures();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        var builder = LambdaBootstrapBuilder.Create<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
            (request, context) =>
                invocations.RunAsync(context, token => AnswerAsync(application, request, context, token)),
            new SourceGeneratorLambdaJsonSerializer<HttpApiJson>()
        );
        _running = RunAsync(builder.Build(runtimeApi.HostAndPort, time));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(LambdaBootstrap bootstrap)
    {
        using (bootstrap)
        {
            try
            {
                await bootstrap.RunAsync(_stop.Token);
            }
            // The edge of the host: without the loop there is nothing to serve, and Lambda starts the process anew.
            catch (Exception problem)
            {
                LogEnd(logger, problem);
                Environment.ExitCode = 1;
            }
            lifetime.StopApplication();
        }
    }

    private static async Task<APIGatewayHttpApiV2ProxyResponse> AnswerAsync<TContext>(
        IHttpApplication<TContext> application,
        APIGatewayHttpApiV2ProxyRequest request,
        ILambdaContext lambda,
        CancellationToken cancellationToken
    )
        where TContext : notnull
    {
        using var exchange = new HttpExchange(request, lambda, cancellationToken);
        var context = application.CreateContext(exchange.Features);
        try
        {
            await application.ProcessRequestAsync(context);
            var response = await exchange.Response.ToAnswerAsync();
            application.DisposeContext(context, exception: null);
            return response;
        }
        catch (Exception problem)
        {
            application.DisposeContext(context, problem);
            throw;
        }
        finally
        {
            await exchange.Response.CompletedAsync();
        }
    }

    private static FeatureCollection NewFeatures()
    {
        var features = new FeatureCollection();
        features.Set<IServerAddressesFeature>(new ServerAddressesFeature());
        return features;
    }

    [LoggerMessage(LogLevel.Critical, "The loop of invocations ended.")]
    private static partial void LogEnd(ILogger logger, Exception problem);
}
