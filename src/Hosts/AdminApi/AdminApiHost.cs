using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;

namespace Recommendation.AdminApi;

/// <summary>Builds the API: the same application on Kestrel, on Lambda and in tests.</summary>
public static class AdminApiHost
{
    /// <param name="options">How to start.</param>
    /// <param name="configure">Adds to or replaces what is registered, last.</param>
    public static WebApplication Build(AdminApiOptions options, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Empty: no setting of the environment can make it listen elsewhere, or log what it should not.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseKestrelCore().UseUrls([.. options.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
        });
        builder.Logging.AddApiLogs();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddRouting();
        builder.Services.Configure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddPlatform(options);
        builder.Services.AddWorkers(options);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<RequestLogScope>();
        app.UseMiddleware<ProblemAnswers>();
        app.UseRouting();
        app.MapApi();
        return app;
    }
}
