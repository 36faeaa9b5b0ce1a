using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Client;

namespace Recommendation.Benchmarks.Api;

/// <summary>
/// Events a second through the client's writer to a server on this machine, which may be killed and started again
/// meanwhile; and whether the log holds each event once.
/// </summary>
internal static class ClientBenchmark
{
    private const int Users = 10_000;
    private const int Items = 2_000;

    private static readonly Option<int> s_seconds = new("--seconds")
    {
        Description = "How long events are written.",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<int> s_kills = new("--kills")
    {
        Description = "How often the server is killed and started again meanwhile.",
        DefaultValueFactory = _ => 0,
    };

    internal static Command Create()
    {
        var command = new Command(
            "client",
            "Writes events through the .NET client.\n\nExample: dotnet run -c Release --project tests/Benchmarks -- "
                + "client --seconds 60 --kills 10")
        {
            s_seconds,
            s_kills,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(
            TimeSpan.FromSeconds(parse.GetValue(s_seconds)), parse.GetValue(s_kills), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan duration, int kills, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("recommendation-client-benchmark-");
        try
        {
            var data = Path.Combine(folder.FullName, "data");
            var own = Environment.CpuUsage.TotalTime;
            var (status, seconds, server) = await WriteAsync(
                folder.FullName, data, duration, kills, cancellationToken);
            own = Environment.CpuUsage.TotalTime - own;
            // A server that was killed took what it did with it.
            var serverMicroseconds = kills == 0 ? Microseconds(server, status.Written) : "null";
            var logged = await ApiWorkload.LoggedAsync(data, cancellationToken);
            var isExact = logged == status.Written && status.Delivered == status.Written && status.Rejected == 0;
            var exact = isExact ? "true" : "false";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"events":{{status.Written}},"seconds":{{seconds:F2}},"eventsPerSecond":{{status.Written / seconds:F0}},"kills":{{kills}},"logged":{{logged}},"duplicates":{{status.Duplicates}},"rejected":{{status.Rejected}},"dropped":{{status.Dropped}},"clientMicroseconds":{{Microseconds(own, status.Written)}},"serverMicroseconds":{{serverMicroseconds}},"exact":{{exact}}}"""));
            return isExact ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>
    /// The writer's counts, the time until the last event was acknowledged, and the processor time of the last server.
    /// </returns>
    private static async Task<(EventWriterStatus Status, double Seconds, TimeSpan Server)> WriteAsync(
        string folder, string data, TimeSpan duration, int kills, CancellationToken cancellationToken)
    {
        var server = await ServerProcess.StartAsync(data, cancellationToken);
        try
        {
            await using var services = new ServiceCollection()
                .AddRecommendationClient(options =>
                {
                    options.BaseAddress = new Uri(string.Create(
                        CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}"));
                    options.Events.SpillFolder = Path.Combine(folder, "spill");
                    // About 130,000 events: the writer is faster than a server that has to catch up.
                    options.Events.SpillLimitBytes = 16 * 1024 * 1024;
                })
                .BuildServiceProvider();
            var writer = services.GetRequiredService<IEventWriter>();
            var started = Stopwatch.GetTimestamp();
            var writing = Task.Run(() => ProduceAsync(writer, started, duration, cancellationToken), cancellationToken);
            for (var kill = 1; kill <= kills; kill++)
            {
                var due = (duration * kill / (kills + 1)) - Stopwatch.GetElapsedTime(started);
                if (due > TimeSpan.Zero)
                    await Task.Delay(due, cancellationToken);
                server.Kill();
                server = await server.RestartAsync(cancellationToken);
            }
            await writing;
            await writer.FlushAsync(cancellationToken);
            return (writer.Status, Stopwatch.GetElapsedTime(started).TotalSeconds, server.Worked);
        }
        finally
        {
            server.Dispose();
        }
    }

    /// <summary>Processor time for an event: says more than the rate where others use the machine.</summary>
    private static string Microseconds(TimeSpan worked, long events) =>
        (worked.TotalMicroseconds / Math.Max(events, 1)).ToString("F1", CultureInfo.InvariantCulture);

    private static async Task ProduceAsync(
        IEventWriter writer, long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var users = Enumerable.Range(0, Users).Select(n => $"u{n}").ToArray();
        var items = Enumerable.Range(0, Items).Select(n => $"i{n}").ToArray();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await writer.WriteAsync(
                new RecommendationEvent { UserId = users[random.Next(Users)], ItemId = items[random.Next(Items)] },
                cancellationToken);
        }
    }
}
