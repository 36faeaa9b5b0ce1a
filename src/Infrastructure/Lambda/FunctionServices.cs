using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Recommendation.Lambda.Logging;
using Recommendation.Lambda.Metrics;

namespace Recommendation.Lambda;

/// <summary>Registers what a function needs of its surroundings.</summary>
public static class FunctionServices
{
    /// <summary>
    /// Logs as JSON lines (<c>LOG_LEVEL</c>), metrics in EMF (<c>METRICS_NAMESPACE</c>), and <see cref="Invocations"/>.
    /// </summary>
    /// <param name="services">Gets them.</param>
    /// <param name="setting">Gives a setting by its name; null for the environment.</param>
    /// <exception cref="FormatException">A setting is not of its form; the message says which.</exception>
    public static IServiceCollection AddFunction(
        this IServiceCollection services,
        Func<string, string?>? setting = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        setting ??= Environment.GetEnvironmentVariable;
        var level = LevelOf(setting("LOG_LEVEL"));
        var metricsNamespace = setting("METRICS_NAMESPACE") is { Length: > 0 } given
            ? given
            : EmfMetrics.DefaultNamespace;
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging(logging =>
        {
            logging.ClearProviders().SetMinimumLevel(level);
            // The platform's own lines say nothing that a function's operator asks for.
            logging.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
        });
        services.AddSingleton<ILoggerProvider>(provider => new FunctionLoggerProvider(
            StandardOutput.Shared,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new EmfMetrics(
            metricsNamespace,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<Invocations>();
        return services;
    }

    private static LogLevel LevelOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return LogLevel.Information;
        return Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : throw new FormatException(
                $"LOG_LEVEL is '{text}'; give Trace, Debug, Information, Warning, Error, Critical or None."
            );
    }
}
