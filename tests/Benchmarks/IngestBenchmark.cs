using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;
using Recommendation.Local;

namespace Recommendation.Benchmarks;

/// <summary>
/// Interactions a second through append, apply and save on SQLite with synchronous=FULL, each with its own event id
/// and a uniformly random user: the least favourable order, since a batch holds hardly two events of one user.
/// </summary>
internal static class IngestBenchmark
{
    private static readonly Option<int> s_interactions = new("--interactions") { DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> s_users = new("--users") { DefaultValueFactory = _ => 100_000 };
    private static readonly Option<string?> s_folder = new("--folder")
    {
        Description = "Where to put the database. Default: a new temporary folder.",
    };

    internal static Command Create()
    {
        var command = new Command(
            "ingest",
            "Append, apply and save generated interactions.\n\nExample: ingest --interactions 1000000 --users 100000"
        )
        {
            s_interactions, s_users, s_folder,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(s_interactions), parse.GetValue(s_users), parse.GetValue(s_folder), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        int interactions,
        int users,
        string? folder,
        CancellationToken cancellationToken
    )
    {
        folder ??= Directory.CreateTempSubdirectory("recommendation-ingest-").FullName;
        try
        {
            var (seconds, imported) = await ImportAsync(folder, interactions, users, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "ingest",
                ["interactions"] = interactions,
                ["users"] = users,
                ["appended"] = imported.Appended,
                ["counted"] = imported.Counted,
                ["seconds"] = Math.Round(seconds, 2),
                ["interactionsPerSecond"] = Math.Round(interactions / seconds),
                ["bytesPerProfile"] = Math.Round(BytesPerProfile(folder)),
                ["databaseMegabytes"] = Math.Round(new FileInfo(DatabasePath(folder)).Length / 1e6),
                ["peakMemoryMegabytes"] = Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6),
            }));
            return imported.Counted == interactions ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Seconds, ImportedInteractions Imported)> ImportAsync(
        string folder, int interactions, int users, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(folder);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var started = Stopwatch.GetTimestamp();
        var imported = await mediator.Send(
            new ImportInteractions(Generate(interactions, users).ToAsyncEnumerable(), LocalLog.Partition),
            cancellationToken
        );
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, imported);
    }

    private static IEnumerable<IncomingEvent> Generate(int interactions, int users)
    {
        var random = new Random(20101201);
        for (var n = 0; n < interactions; n++)
        {
            yield return new IncomingEvent
            {
                Event = new RawInteraction
                {
                    EventId = string.Create(CultureInfo.InvariantCulture, $"{(uint)(n * 2654435761L):x8}-event-{n}"),
                    UserId = string.Create(CultureInfo.InvariantCulture, $"user-{random.Next(users)}"),
                    ItemId = string.Create(CultureInfo.InvariantCulture, $"item-{random.Next(20_000):00000}"),
                    InteractionType = random.Next(10) == 0 ? "purchase" : "view",
                    Timestamp = string.Create(CultureInfo.InvariantCulture, $"{1_760_000_000_000L + (n * 100L)}"),
                },
                Source = new Position("benchmark", SequenceNumber.From(n)),
            };
        }
    }

    private static string DatabasePath(string folder) => Path.Combine(folder, "recommendation.db");

    private static double BytesPerProfile(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath(folder)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT avg(length(body)) FROM profiles";
        return Convert.ToDouble(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
