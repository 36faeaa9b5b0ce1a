using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Recommendation.Fuzzing;

namespace Recommendation.Benchmarks.Api;

/// <summary>
/// Requests that are generated from the OpenAPI document of a running server, valid and not, over all routes. Every
/// answer is checked.
/// </summary>
internal static class FuzzBenchmark
{
    private static readonly Option<int> s_requests = new("--requests") { DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> s_seed = new("--seed") { DefaultValueFactory = _ => 20260701 };
    private static readonly Option<Uri?> s_url = new("--url")
    {
        Description = "A server that runs already, on this machine; it is changed. Default: one of its own.",
    };

    internal static Command Create()
    {
        var command = new Command("fuzz", "Send generated requests to the API and check every answer.\n\nExample: "
            + "fuzz --requests 20000") { s_requests, s_seed, s_url };
        command.SetAction(async (parse, cancellationToken) =>
        {
            if (parse.GetValue(s_url) is { } url)
                return await RunAsync(url, parse.GetValue(s_requests), parse.GetValue(s_seed), folder: null,
                    cancellationToken);
            var folder = Directory.CreateTempSubdirectory("recommendation-fuzz-");
            try
            {
                using var server = await ServerProcess.StartAsync(folder.FullName, cancellationToken);
                var own = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}"));
                await FillAsync(own, cancellationToken);
                return await RunAsync(own, parse.GetValue(s_requests), parse.GetValue(s_seed), folder.FullName,
                    cancellationToken);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Uri server,
        int requests,
        int seed,
        string? folder,
        CancellationToken cancellationToken
    )
    {
        using var client = new HttpClient();
        var run = folder is null
            ? await FuzzRun.OfAsync(client, server, seed)
            : await FuzzRun.OfAsync(client, server, seed, folder);
        var started = Stopwatch.GetTimestamp();
        await run.SendAsync(requests, cancellationToken);
        foreach (var fault in run.Faults.Take(20))
            await Console.Error.WriteLineAsync(fault + "\n");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            requests,
            seed,
            operations = run.Asked.Count,
            faults = run.Faults.Count,
            statuses = run.Statuses,
            seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
        }));
        return run.Faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Ten users and items that generated requests name by chance, a model and a run.</summary>
    private static async Task FillAsync(Uri server, CancellationToken cancellationToken)
    {
        var events = Enumerable
            .Range(0, 100)
            .Select(n =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"eventId":"e{{n}}","userId":"u{{n / 10}}","itemId":"i{{((n / 20) + (n * 3)) % 20}}","interactionType":"purchase"}"""
                )
            );
        using var client = new HttpClient { BaseAddress = server };
        await SendAsync(HttpMethod.Post, "/v1/interactions", $"[{string.Join(',', events)}]");
        await SendAsync(
            HttpMethod.Put,
            "/v1/items",
            """[{"itemId":"i1","title":"One","categories":["odd"]},{"itemId":"i2","title":"Two"}]"""
        );
        await SendAsync(HttpMethod.Post, "/v1/models", """{"fast":true,"force":true}""");
        await SendAsync(HttpMethod.Post, "/v1/batch-runs", """{"runId":"first"}""");

        async Task SendAsync(HttpMethod method, string path, string json)
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = new StringContent(json, Encoding.UTF8, "application/json"),
            };
            using var response = await client.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }
}
