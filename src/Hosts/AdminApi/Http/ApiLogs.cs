using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Recommendation.AdminApi.Http;

internal static class ApiLogs
{
    /// <summary>JSON lines on standard error. The framework's own scope and messages hold the path, and so user ids: they stay out.</summary>
    internal static void AddApiLogs(this ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.None)
        .AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.IncludeScopes = true;
        })
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
