using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Items;
using Recommendation.Application.Scenarios;
using Recommendation.Benchmarks.Api;
using Recommendation.Domain.Scenarios;
using Recommendation.Local;

namespace Recommendation.Benchmarks.Catalogue;

/// <summary>
/// A catalogue of items with twenty attributes on SQLite: how fast it is imported, as the command does; how long
/// searches take; and what it costs the memory of a server that answers a filter from its index.
/// </summary>
internal static class CatalogueBenchmark
{
    private static readonly Option<int> s_items = new("--items") { DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> s_batch = new("--batch") { DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> s_searches = new("--searches") { DefaultValueFactory = _ => 2_000 };

    internal static Command Create()
    {
        var command = new Command(
            "catalogue",
            "Import items with twenty attributes, search them, and serve them.\n\nExample: catalogue --items 1000000")
        {
            s_items, s_batch, s_searches,
        };
        command.SetAction((parse, cancellationToken) =>
            RunAsync(
                parse.GetValue(s_items), parse.GetValue(s_batch), parse.GetValue(s_searches), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int items, int batch, int searches, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("recommendation-catalogue-").FullName;
        var empty = Directory.CreateTempSubdirectory("recommendation-catalogue-").FullName;
        try
        {
            TimeSpan time, worked;
            List<double> milliseconds;
            await using (var services = Open(folder))
            {
                (time, worked) = await ImportAsync(services, items, batch, cancellationToken);
                milliseconds = await SearchAsync(services, items, searches, cancellationToken);
            }
            var (served, filtered) = await ServeAsync(folder, items, cancellationToken);
            var (unloaded, _) = await ServeAsync(empty, 0, cancellationToken);
            var perItem = (served - unloaded) * 1024 * 1024 / items;
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "catalogue",
                ["items"] = items,
                ["itemsPerSecond"] = Math.Round(items / time.TotalSeconds),
                ["importMicrosecondsOfProcessorPerItem"] = Math.Round(worked.TotalMicroseconds / items, 1),
                ["searchP50Milliseconds"] = Math.Round(milliseconds[milliseconds.Count / 2], 2),
                ["searchP99Milliseconds"] = Math.Round(milliseconds[milliseconds.Count * 99 / 100], 2),
                ["searchSlowestMilliseconds"] = Math.Round(milliseconds[^1], 2),
                ["databaseMegabytes"] = Math.Round(
                    new FileInfo(Path.Combine(folder, "recommendation.db")).Length / 1e6),
                ["serverMegabytes"] = Math.Round(served),
                ["serverMegabytesWithoutItems"] = Math.Round(unloaded),
                ["serverBytesPerItem"] = Math.Round(perItem),
                ["firstFilteredListMilliseconds"] = Math.Round(filtered),
            }));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(empty, recursive: true);
        }
    }

    private static ServiceProvider Open(string folder)
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(folder);
        return services.BuildServiceProvider();
    }

    private static async Task<T> SendAsync<T>(
        ServiceProvider services, IRequest<T> request, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }

    /// <returns>How long it took, and how long the processors were at work.</returns>
    private static async Task<(TimeSpan Time, TimeSpan Worked)> ImportAsync(
        ServiceProvider services, int items, int batch, CancellationToken cancellationToken)
    {
        var (time, worked) = (TimeSpan.Zero, TimeSpan.Zero);
        using var process = Process.GetCurrentProcess();
        foreach (var numbers in Enumerable.Range(0, items).Chunk(batch))
        {
            var changes = Array.ConvertAll(numbers, CatalogueItems.Of);
            var (started, before) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            var merged = await SendAsync(services, new MergeItems(changes), cancellationToken);
            time += Stopwatch.GetElapsedTime(started);
            process.Refresh();
            worked += process.TotalProcessorTime - before;
            if (merged.Count != changes.Length)
                throw new InvalidOperationException($"{merged.Problems.Count} items are not valid.");
        }
        return (time, worked);
    }

    private static async Task<List<double>> SearchAsync(
        ServiceProvider services, int items, int searches, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var milliseconds = new List<double>(searches);
        for (var search = -20; search < searches; search++)
        {
            var (text, values) = CatalogueItems.Query(random, items);
            var started = Stopwatch.GetTimestamp();
            await SendAsync(services, new SearchItems(text, values), cancellationToken);
            // The first ones open the file.
            if (search >= 0)
                milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        milliseconds.Sort();
        return milliseconds;
    }

    /// <returns>The memory of a server that has made its index, and how long the first list took that a rare filter
    /// filled.</returns>
    private static async Task<(double Megabytes, double Milliseconds)> ServeAsync(
        string folder, int items, CancellationToken cancellationToken)
    {
        await using (var services = Open(folder))
        {
            var filter = items > 0 ? "item.a03 == 'v77' && item.price < 400.0" : "item.price < 0.0";
            await SendAsync(
                services,
                new PutScenario(ScenarioName.Parse("rare"), new Scenario { Filter = filter }, "benchmark"),
                cancellationToken);
        }
        using var server = await ServerProcess.StartAsync(folder, cancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        var started = Stopwatch.GetTimestamp();
        while (await CountAsync(client, cancellationToken) < Math.Min(10, items / 20_000)
            && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(3))
            await Task.Delay(200, cancellationToken);
        var filled = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        // What the making of the index left goes with the next collections.
        for (var request = 0; request < 3_000; request++)
            await CountAsync(client, cancellationToken);
        return (server.Megabytes, filled);
    }

    private static async Task<int> CountAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var body = new StringContent("""{"scenario":"rare","history":[]}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(
            new Uri("/v1/recommendations", UriKind.Relative), body, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var list = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return list.RootElement.GetProperty("recommendations").GetArrayLength();
    }
}
