using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Recommendation.Client.Calls;
using Recommendation.Client.Writing;

namespace Recommendation.Client;

/// <summary>Registers the client.</summary>
public static class ClientServices
{
    /// <summary>
    /// Adds <see cref="RecommendationClient"/> and <see cref="IEventWriter"/>. Options are validated when the host
    /// starts, or when the client is first used where there is no host.
    /// </summary>
    /// <param name="configure">Sets options; null for an API on this machine.</param>
    public static IServiceCollection AddRecommendationClient(
        this IServiceCollection services, Action<RecommendationClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<RecommendationClientOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RecommendationClientOptions>, ClientOptionsValidator>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RecommendationClientOptions>, ClientOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddTransient<ApiKeyHandler>();
        services.AddLogging();
        AddClient(services);
        AddWriter(services);
        return services;
    }

    /// <summary>The same with options of a configuration section, such as <c>Recommendation</c>.</summary>
    public static IServiceCollection AddRecommendationClient(
        this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddRecommendationClient();
        services.AddOptions<RecommendationClientOptions>().Bind(configuration);
        return services;
    }

    private static void AddClient(IServiceCollection services)
    {
        var client = services.AddHttpClient<RecommendationClient>(Address)
            .ConfigurePrimaryHttpMessageHandler(PrimaryHandler);
        client.AddStandardResilienceHandler().Configure((resilience, provider) =>
        {
            if (ValidOptionsOf(provider) is not { } options)
                return;
            resilience.TotalRequestTimeout.Timeout = options.Timeout;
            resilience.AttemptTimeout.Timeout = options.AttemptTimeout;
            resilience.CircuitBreaker.SamplingDuration =
                TimeSpan.FromTicks(Math.Max(options.AttemptTimeout.Ticks * 2, TimeSpan.FromSeconds(30).Ticks));
            if (options.Retries == 0)
                resilience.Retry.ShouldHandle = static _ => ValueTask.FromResult(false);
            resilience.Retry.MaxRetryAttempts = Math.Max(options.Retries, 1);
            resilience.Retry.Delay = TimeSpan.FromMilliseconds(200);
        });
        client.AddHttpMessageHandler<ApiKeyHandler>();
    }

    private static void AddWriter(IServiceCollection services)
    {
        // The writer repeats by itself, so that what it could not send can wait on the disk.
        services.AddHttpClient(EventWriter.HttpClientName, (provider, http) =>
            {
                Address(provider, http);
                http.Timeout = OptionsOf(provider).AttemptTimeout;
            })
            .ConfigurePrimaryHttpMessageHandler(PrimaryHandler)
            .AddHttpMessageHandler<ApiKeyHandler>();
        services.TryAddSingleton<EventWriter>();
        services.TryAddSingleton<IEventWriter>(provider => provider.GetRequiredService<EventWriter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EventWriterService>());
    }

    private static void Address(IServiceProvider provider, HttpClient http)
    {
        // A path of the address, such as a stage of API Gateway, stays only before a slash.
        var address = OptionsOf(provider).BaseAddress!.AbsoluteUri;
        http.BaseAddress = new Uri(address.EndsWith('/') ? address : address + '/');
        http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
    }

    private static SocketsHttpHandler PrimaryHandler() => new()
    {
        // The API redirects nowhere: a redirect means that BaseAddress is something else.
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>The options; null if they are not valid, which their own validation at the start reports.</summary>
    private static RecommendationClientOptions? ValidOptionsOf(IServiceProvider provider)
    {
        try
        {
            return OptionsOf(provider);
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    private static RecommendationClientOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptionsMonitor<RecommendationClientOptions>>().CurrentValue;
}
