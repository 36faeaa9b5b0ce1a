using System.CommandLine;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Recommendation.Cli.Output;
using Recommendation.Settings;

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

    /// <summary>The partition of the log that commands apply; null where the stream's function does.</summary>
    internal string? Partition { get; private init; }

    /// <summary>A part that only one platform has.</summary>
    /// <exception cref="UsageException">This platform lacks it.</exception>
    internal T Part<T>()
        where T : class =>
        _services.GetService<T>()
        ?? throw new UsageException(
            "This command is for --platform aws; the one-machine platform needs nothing of the kind."
        );

    internal static Session Open(ParseResult parse, DateTimeOffset? asOf = null)
    {
        TimeProvider time = (asOf ?? parse.GetValue(CommonOptions.AsOf)) is { } now
            ? new AsOfTime(now)
            : TimeProvider.System;
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging(logging => logging
            .SetMinimumLevel(parse.GetValue(CommonOptions.Verbose) ? LogLevel.Information : LogLevel.Error)
            .AddJsonConsole(json => json.UseUtcTimestamp = true)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var partition = services.AddPlatform(
            parse.GetValue(CommonOptions.Platform) is "aws",
            parse.GetValue(CommonOptions.Data)!,
            ReadSettings(parse).Require()
        );
        return new Session(services.BuildServiceProvider(), new Terminal(parse.GetValue(CommonOptions.Json)), time)
        {
            Partition = partition,
        };
    }

    /// <summary>
    /// The settings that the options name: a file, else that of the data folder, else that of the environment.
    /// </summary>
    internal static ReadSettings ReadSettings(ParseResult parse) => SettingsSource.Read(
        parse.GetValue(CommonOptions.Settings),
        parse.GetValue(CommonOptions.Platform) is "aws" ? null : parse.GetValue(CommonOptions.Data));

    internal async Task<TResponse> SendAsync<TResponse>(
        IRequest<TResponse> request,
        CancellationToken cancellationToken
    )
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
