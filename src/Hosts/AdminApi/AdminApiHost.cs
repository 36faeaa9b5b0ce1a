using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.OpenApi;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Telemetry;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi;

/// <summary>Builds the API: the same application on Kestrel, on Lambda and in tests.</summary>
public static class AdminApiHost
{
    /// <param name="options">How to start.</param>
    /// <param name="configure">Adds to or replaces what is registered, last.</param>
    /// <exception cref="RefusedException">It is to listen elsewhere than on loopback and there are no keys, or the keys
    /// that it had are gone.</exception>
    public static WebApplication Build(AdminApiOptions options, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var keys = new ApiKeys(options.Folder, options.Time);
        if (!options.IsBehindAuthorizer)
            Loopback.RequireFor(options.Urls, keys.ReadExpected().Any(key => key.RevokedAt is null));

        var connections = new ConnectionLimit(options.MaximumConnections ?? ConnectionLimit.Default());
        // Empty: no setting of the environment can make it listen elsewhere, or log what it should not.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder
            .WebHost.UseKestrelCore()
            .UseUrls([.. options.Urls])
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
                kestrel.Limits.MaxRequestBufferSize = BodyLimits.SmallBytes;
                kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
                    bytesPerSecond: 1024,
                    gracePeriod: TimeSpan.FromSeconds(5)
                );
                kestrel.ConfigureEndpointDefaults(endpoint =>
                    endpoint.Use(connections.Admit).Use(BareAnswers.Complete)
                );
            });
        builder.Logging.KeepPathsOut();
        if (!options.IsBehindAuthorizer)
            builder.Logging.AddApiLogs(); // On Lambda the hosting writes logs and metrics as the other functions do.
        AddServices(builder.Services, options, keys);
        builder.Services.AddSingleton(connections);
        configure?.Invoke(builder.Services);
        return WithPipeline(builder.Build());
    }

    private static void AddServices(IServiceCollection services, AdminApiOptions options, ApiKeys keys)
    {
        services.AddSingleton(options).AddSingleton(keys);
        services.AddSecurity();
        services.Replace(ServiceDescriptor.Singleton(options.Time));
        services.AddRouting();
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.Encoder = ApiJson.Wire.Options.Encoder;
            // A number as text is a mistake, and would be a union in the description.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<ServerPaths>();
        services.AddResponseCompression(compression =>
        {
            // No answer mixes what a page of another site sends with a secret: keys are in headers.
            compression.EnableForHttps = true;
            compression.MimeTypes =
            [
                "application/json",
                ProblemDocument.MediaType,
                "text/html",
                "text/css",
                "text/javascript",
                "image/svg+xml",
            ];
        });
        services.AddApiDescription();
        services.AddPlatform(options);
        services.AddWorkers(options);
        services.AddTelemetryExport();
        services.AddAWSLambdaHosting(LambdaEventSource.HttpApi);
    }

    /// <summary>From the outside in.</summary>
    private static WebApplication WithPipeline(WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<ConnectionLimit>().WhileBusyAsync);
        app.UseMiddleware<HeadRequests>();
        app.UseResponseCompression();
        app.UseMiddleware<RequestLogScope>();
        app.UseMiddleware<ProblemAnswers>();
        app.UseMiddleware<DotSegments>();
        app.UseRouting();
        app.UseSecurity();
        app.UseMiddleware<KnownParameters>();
        app.UseMiddleware<BodyLimits>();
        app.UseMiddleware<PackedBodies>();
        app.UseMiddleware<Idempotency>();
        app.UseApiPage();
        app.MapApi();
        return app;
    }
}
