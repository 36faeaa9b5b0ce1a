using Microsoft.Extensions.Logging;

namespace Recommendation.Lambda.Logging;

/// <summary>Loggers that write a line of JSON for each entry, with the request id of the invocation at hand.</summary>
internal sealed class FunctionLoggerProvider(StandardOutput output, TimeProvider time)
    : ILoggerProvider,
        ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new FunctionLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // Every line is written when it is logged.
    }

    private sealed class FunctionLogger(FunctionLoggerProvider provider, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var values = new List<KeyValuePair<string, object?>>();
            if (state is IEnumerable<KeyValuePair<string, object?>> own)
                values.AddRange(own);
            provider._scopes.ForEachScope(
                static (scope, all) =>
                {
                    if (scope is IEnumerable<KeyValuePair<string, object?>> named)
                        all.AddRange(named);
                },
                values);
            var entry = new LogEntry(
                provider.Time.GetUtcNow(),
                logLevel.ToString(),
                Invocations.CurrentRequestId,
                category,
                formatter(state, exception),
                exception
            );
            JsonLogLine.Write(provider.Output, entry, values);
        }
    }

    private StandardOutput Output => output;

    private TimeProvider Time => time;
}
