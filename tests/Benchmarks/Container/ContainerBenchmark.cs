using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Recommendation.Domain;
using Recommendation.Import;

namespace Recommendation.Benchmarks.Container;

/// <summary>
/// Users a second through the model server: histories written as JSON, sent over HTTP, ranked, and the lists read
/// again, on one machine with both. The model is trained on the sample by the container's own `train`.
/// </summary>
internal static class ContainerBenchmark
{
    private static readonly Option<double> s_seconds = new("--seconds") { DefaultValueFactory = _ => 10 };
    private static readonly Option<int> s_users = new("--users")
    {
        Description = "Users a request.",
        DefaultValueFactory = _ => 200,
    };
    private static readonly Option<int> s_history = new("--history")
    {
        Description = "Items of a history.",
        DefaultValueFactory = _ => 20,
    };
    private static readonly Option<int> s_count = new("-n")
    {
        Description = "Items wanted for each.",
        DefaultValueFactory = _ => 10,
    };
    private static readonly Option<int> s_inFlight = new("--in-flight")
    {
        Description = "Requests at a time.",
        DefaultValueFactory = _ => 4,
    };
    private static readonly Option<string> s_sample = new("--sample")
    {
        DefaultValueFactory = _ => "samples/online-retail-2010-12.csv.gz",
    };

    internal static Command Create()
    {
        var command = new Command(
            "container",
            "Rank through the model server over HTTP.\n\nExample: container --users 200 --history 20 -n 10"
        )
        {
            s_seconds, s_users, s_history, s_count, s_inFlight, s_sample,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var root = Directory.CreateTempSubdirectory("recommendation-container-").FullName;
        try
        {
            var sample = Path.GetFullPath(parse.GetRequiredValue(s_sample));
            await PrepareAsync(root, sample, cancellationToken);
            await using var server = await ContainerProcess.ServeAsync(root, cancellationToken);
            var load = new Load(
                ItemsOf(sample),
                parse.GetValue(s_users),
                parse.GetValue(s_history),
                parse.GetValue(s_count)
            );
            using var http = new HttpClient { BaseAddress = server.Url };
            await load.RunAsync(
                http,
                TimeSpan.FromSeconds(Math.Min(3, parse.GetValue(s_seconds))),
                parse.GetValue(s_inFlight),
                cancellationToken
            );

            var (cpu, own) = (server.Cpu, Process.GetCurrentProcess().TotalProcessorTime);
            var (users, items, seconds) = await load.RunAsync(
                http,
                TimeSpan.FromSeconds(parse.GetValue(s_seconds)),
                parse.GetValue(s_inFlight),
                cancellationToken
            );
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["verb"] = "container",
                        ["usersPerRequest"] = parse.GetValue(s_users),
                        ["history"] = parse.GetValue(s_history),
                        ["n"] = parse.GetValue(s_count),
                        ["inFlight"] = parse.GetValue(s_inFlight),
                        ["users"] = users,
                        ["itemsPerUser"] = Math.Round((double)items / users, 2),
                        ["seconds"] = Math.Round(seconds, 2),
                        ["usersPerSecond"] = Math.Round(users / seconds),
                        ["serverMicrosecondsPerUser"] = Math.Round((server.Cpu - cpu).TotalMicroseconds / users, 1),
                        ["clientMicrosecondsPerUser"] = Math.Round(
                            (Process.GetCurrentProcess().TotalProcessorTime - own).TotalMicroseconds / users,
                            1
                        ),
                        ["serverPeakMegabytes"] = Math.Round(server.PeakBytes / 1e6),
                    }
                )
            );
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task PrepareAsync(string root, string sample, CancellationToken cancellationToken)
    {
        var channel = Directory.CreateDirectory(Path.Combine(root, "input", "data", "interactions")).FullName;
        File.Copy(sample, Path.Combine(channel, Path.GetFileName(sample)));
        Directory.CreateDirectory(Path.Combine(root, "input", "config"));
        await File.WriteAllTextAsync(
            Path.Combine(root, "input", "config", "hyperparameters.json"),
            """{"fast":"true","neighboursPerItem":"200","asOf":"2010-12-20T18:00:00Z"}""", cancellationToken);
        if (await ContainerProcess.TrainAsync(root, cancellationToken) != 0)
            throw new InvalidOperationException("The training failed; see its output.");
    }

    /// <summary>The products by how often they were bought, so that histories are like real ones.</summary>
    private static string[] ItemsOf(string sample)
    {
        using var file = InteractionFile.Open(sample);
        return
        [
            .. file.Rows(CancellationToken.None)
                .Where(row => row.Kind == ImportRowKind.Event)
                .Select(row => row.Event.ItemId!),
        ];
    }

    private sealed class Load(string[] items, int users, int history, int count)
    {
        private static readonly MediaTypeHeaderValue s_json = new("application/json");

        internal async Task<(long Users, long Items, double Seconds)> RunAsync(
            HttpClient http,
            TimeSpan time,
            int inFlight,
            CancellationToken cancellationToken
        )
        {
            var (asked, listed) = (0L, 0L);
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, inFlight).Select(worker => Task.Run(
                async () =>
                {
                    var random = new Random(worker);
                    var body = new ArrayBufferWriter<byte>();
                    while (Stopwatch.GetElapsedTime(start) < time)
                    {
                        Write(body, random);
                        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
                        content.Headers.ContentType = s_json;
                        using var answer = await http.PostAsync("invocations", content, cancellationToken);
                        answer.EnsureSuccessStatusCode();
                        Interlocked.Add(ref listed, Read(await answer.Content.ReadAsByteArrayAsync(cancellationToken)));
                        Interlocked.Add(ref asked, users);
                    }
                },
                cancellationToken)));
            return (asked, listed, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        private void Write(ArrayBufferWriter<byte> body, Random random)
        {
            body.ResetWrittenCount();
            using var json = new Utf8JsonWriter(body);
            json.WriteStartObject();
            json.WriteStartArray("users"u8);
            for (var user = 0; user < users; user++)
            {
                json.WriteStartObject();
                json.WriteString("userId"u8, $"user-{random.Next(1_000_000)}");
                json.WriteStartArray("recent"u8);
                for (var i = 0; i < history; i++)
                {
                    json.WriteStartObject();
                    json.WriteString("itemId"u8, items[random.Next(items.Length)]);
                    json.WriteString("type"u8, "purchase"u8);
                    json.WriteString(
                        "at"u8,
                        Timestamps.Format(DateTimeOffset.UnixEpoch.AddDays(14_960).AddMinutes(-i))
                    );
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteNumber("count"u8, count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        /// <returns>How many items were listed.</returns>
        private static long Read(ReadOnlyMemory<byte> answer)
        {
            using var json = JsonDocument.Parse(answer);
            var listed = 0L;
            foreach (var user in json.RootElement.GetProperty("users"u8).EnumerateArray())
            {
                foreach (var item in user.GetProperty("items"u8).EnumerateArray())
                    listed +=
                        item.GetProperty("itemId"u8).GetString()!.Length > 0
                        && double.IsFinite(item.GetProperty("score"u8).GetDouble())
                            ? 1
                            : 0;
            }
            return listed;
        }
    }
}
