using System.CommandLine;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Recommendation.Application;
using Recommendation.Cli.Output;
using Recommendation.Local;

namespace Recommendation.Cli.CommandLine;

/// <summary>What a command works with: the use cases on a platform, and the terminal.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Session(ServiceProvider services, Terminal terminal, TimeProvider time)
    {
        _services = services;
        Terminal = terminal;
        Time = time;
    }

    internal Terminal Terminal { get; }

    /// <summary>What counts as now.</summary>
    internal TimeProvider Time { get; }

    internal static Session Open(ParseResult parse, DateTimeOffset? asOf = null)
    {
        if (parse.GetValue(CommonOptions.Platform) is "aws")
            throw new UsageException("--platform aws comes in a later version; use --platform local.");
        TimeProvider time = (asOf ?? parse.GetValue(CommonOptions.AsOf)) is { } now ? new AsOfTime(now) : TimeProvider.System;
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging(logging => logging
            .SetMinimumLevel(parse.GetValue(CommonOptions.Verbose) ? LogLevel.Information : LogLevel.Error)
            .AddJsonConsole(json => json.UseUtcTimestamp = true)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        // A command waits for its answer; the serving hosts keep the default budget.
        services.AddRecommendation(options => options.RealtimeBudget = options.FirstListBudget = TimeSpan.FromSeconds(30))
            .UseSqlite(parse.GetValue(CommonOptions.Data)!);
        return new Session(services.BuildServiceProvider(), new Terminal(parse.GetValue(CommonOptions.Json)), time);
    }

    internal async Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
