using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Recommendation.AdminApi.Tests.Given;

/// <summary>What was logged, with its scopes, as text.</summary>
internal sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    internal IReadOnlyCollection<string> Above(LogLevel level) =>
        [.. _lines.Where(line => line.Level > level).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => lines._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var scopes = new List<string>();
            lines._scopes.ForEachScope((scope, list) => list.Add(TextOf(scope)), scopes);
            lines._lines.Enqueue(
                (logLevel, $"{category}: {formatter(state, exception)} {exception} [{string.Join("; ", scopes)}]")
            );
        }

        private static string TextOf(object? scope) => scope is IEnumerable<KeyValuePair<string, object?>> pairs
            ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : scope?.ToString() ?? "";
    }
}
