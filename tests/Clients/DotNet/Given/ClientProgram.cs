using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recommendation.Client;
using Recommendation.Client.Writing;

namespace Recommendation.Clients.Tests.DotNet.Given;

/// <summary>The client as a program has it.</summary>
internal sealed class ClientProgram : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    internal ClientProgram(
        Uri address, Action<RecommendationClientOptions>? configure = null, HttpMessageHandler? api = null,
        TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Logs));
        if (time is not null)
            services.AddSingleton(time);
        services.AddRecommendationClient(options =>
        {
            options.BaseAddress = address;
            options.Events.MaximumDelay = TimeSpan.FromMilliseconds(20);
            configure?.Invoke(options);
        });
        if (api is not null)
        {
            services.AddHttpClient(EventWriter.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => api);
            services.AddHttpClient(nameof(RecommendationClient)).ConfigurePrimaryHttpMessageHandler(() => api);
        }
        _services = services.BuildServiceProvider();
    }

    internal RecordedLogs Logs { get; } = new();

    internal RecommendationClient Client => _services.GetRequiredService<RecommendationClient>();

    internal IEventWriter Writer => _services.GetRequiredService<IEventWriter>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>What was logged.</summary>
internal sealed class RecordedLogs : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    internal IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add($"{logLevel}: {formatter(state, exception)}");
    }

    public void Dispose()
    {
    }
}
