using System.Globalization;

namespace Recommendation.ModelServer.Serving;

/// <summary>The routes that SageMaker calls.</summary>
internal static class RankingServer
{
    // SageMaker kills a container 30 s after it was told to stop.
    private static readonly TimeSpan s_shutdown = TimeSpan.FromSeconds(20);

    internal static WebApplication Build(ServeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder
            .Logging.ClearProviders()
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Recommendation", LogLevel.Information)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddJsonConsole(json => json.UseUtcTimestamp = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaximumBytes;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_shutdown);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ServedModel>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ServedModel>());

        var app = builder.Build();
        var model = app.Services.GetRequiredService<ServedModel>();
        app.MapGet(
            "/ping",
            context =>
            {
                context.Response.StatusCode = model.Ranker is null
                    ? StatusCodes.Status503ServiceUnavailable
                    : StatusCodes.Status200OK;
                return Task.CompletedTask;
            }
        );
        app.MapPost("/invocations", new Invocations(model).AnswerAsync);
        app.MapGet(
            "/execution-parameters",
            context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"MaxConcurrentTransforms":{{Environment.ProcessorCount}}"""
                            + $$""","BatchStrategy":"MULTI_RECORD","MaxPayloadInMB":{{options.MaximumBytes >> 20}}}"""
                    )
                );
            }
        );
        return app;
    }
}
