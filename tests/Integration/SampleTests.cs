using System.Text.Json.Nodes;
using Recommendation.Domain;
using Recommendation.Emulators;
using Recommendation.Integration.Tests.Given;

namespace Recommendation.Integration.Tests;

/// <summary>
/// The whole of it with real processes: the sample through the published functions ends as it does on one machine.
/// </summary>
[Collection("One after the other")]
public sealed class SampleTests : IAsyncLifetime
{
    private static readonly string[] s_poison = ["oops", """[{"userId":"17850"}]"""];

    private readonly string _folder = Directory.CreateTempSubdirectory("recommendation-integration-").FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_sample_through_the_published_functions_gives_what_one_machine_gives()
    {
        var file = Path.Combine(_folder, "events.jsonl");
        await Sample.WriteAsync(file, TimeProvider.System.GetUtcNow());
        var machine = Path.Combine(_folder, "machine");
        await using var stack = await Stack.StartAsync(shards: 2);
        await CommandLine.LocallyAsync(machine, "ingest", file);
        await stack.RecommendAsync("ingest", file);
        foreach (var poison in s_poison)
            await stack.Shards.PutAsync("poison", System.Text.Encoding.UTF8.GetBytes(poison));

        await using var function = new Supervised(
            await Published.BootstrapAsync("stream-processor"),
            stack.FunctionSettings
        );
        await ApplyAsync(stack, function);

        var expected = CommandLine.Lines(await CommandLine.LocallyAsync(machine, "export", "profiles"));
        Assert.Equal(860, expected.Count);
        Assert.Equal(expected, CommandLine.Lines(await stack.RecommendAsync("export", "profiles")));
        Assert.Contains(
            "\"malformed\"",
            await stack.RecommendAsync("quarantine", "list", "--json"),
            StringComparison.Ordinal
        );
        await CommittedCalls.CompareAsync("stream-processor", stack.TakeCalls());

        await ArchiveAsync(stack, function);
        await CommittedCalls.CompareAsync("archiver", stack.TakeCalls());
        await TrainAndRankAsync(stack, machine);
    }

    /// <summary>Every shard through the function, which dies now and then, and some of it once more.</summary>
    private static async Task ApplyAsync(Stack stack, Supervised function)
    {
        var saves = 0;
        stack.Table = request =>
        {
            if (request.Is("PutItem") && ++saves % 250 == 0)
                function.Kill();
            return null;
        };
        var mapping = new EventSourceMapping(
            new MappingOptions { BatchSize = 500 },
            function.InvokeAsync,
            TimeProvider.System.GetUtcNow
        );
        foreach (var shard in await stack.Shards.ShardsAsync())
        {
            var records = await stack.Shards.ReadAsync(shard);
            await mapping.DeliverAsync(records);
            await mapping.DeliverAsync([.. records.TakeLast(200)]);
            // One user alone, which is asked for another way.
            await mapping.DeliverAsync([records[^1]]);
        }
        stack.Table = _ => null;
        Assert.Empty(mapping.GivenUp);
        Assert.True(
            function.Starts > 2,
            $"The function started {function.Starts} times; it should have died on its way."
        );
    }

    private static async Task<string> ConversionsAsync(Task<string> metrics)
    {
        var rows = JsonNode.Parse(await metrics)!["rows"]!.AsArray();
        Assert.NotEmpty(rows);
        return string.Join('\n', rows.Select(row => $"{row!["day"]} {row["conversions"]} {row["users"]}"));
    }

    /// <summary>The same shards through a delivery stream that has them transformed by the same function.</summary>
    private static async Task ArchiveAsync(Stack stack, Supervised function)
    {
        foreach (var shard in await stack.Shards.ShardsAsync())
            await DeliveryStream.DeliverAsync(stack, await stack.Shards.ReadAsync(shard), function.InvokeAsync);
    }

    /// <summary>
    /// A model of the archive, and a night of the published batch processor; beside it the same on one machine.
    /// </summary>
    private static async Task TrainAndRankAsync(Stack stack, string machine)
    {
        var now = Timestamps.Format(TimeProvider.System.GetUtcNow());
        await CommandLine.LocallyAsync(machine, "train", "--fast", "--as-of", now);
        await stack.RecommendAsync("train", "--fast", "--as-of", now);

        await using var batch = new Supervised(
            await Published.BootstrapAsync("batch-processor"),
            stack.FunctionSettings
        );
        var night = await BatchSteps.InvokeAsync(
            batch,
            $$"""{"detail-type":"Scheduled Event","source":"aws.events","time":"{{now}}"}"""
        );
        var started = night["startedAt"]!.GetValue<string>();
        await CommandLine.LocallyAsync(machine, "batch", "run", "--id", "night", "--as-of", started);

        var date = started[..10];
        var ours = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(machine, "batch-results", date, "results.json"))
        )!;
        var theirs = JsonNode.Parse(await stack.ReadAsync($"batch-results/{date}/results.json"))!;
        foreach (
            var count in new[]
            {
                "processedUsers",
                "recommendationsGenerated",
                "active",
                "ranked",
                "fallback",
                "failed",
                "skipped",
            }
        )
            Assert.Equal((count, ours[count]!.GetValue<long>()), (count, theirs[count]!.GetValue<long>()));
        Assert.Equal(860, theirs["active"]!.GetValue<long>());
        Lists.AssertSame(
            await CommandLine.LocallyAsync(machine, "export", "recommendations"),
            await stack.RecommendAsync("export", "recommendations")
        );

        var counted = await BatchSteps.InvokeAsync(batch, """{"step":"feedback"}""");
        Assert.Equal(0, counted["left"]!.GetValue<int>());
        Assert.True(counted["counted"]!.GetValue<int>() > 0);
        Assert.Equal(
            await ConversionsAsync(CommandLine.LocallyAsync(machine, "metrics", "--json")),
            await ConversionsAsync(stack.RecommendAsync("metrics", "--json")));

        await BatchSteps.RunAsync(batch);
        // A model of other parameters is the current one by now, so that promoting the first one moves the pointer.
        await stack.RecommendAsync("train", "--force");
        await BatchSteps.PromoteAsync(batch, theirs["modelVersion"]!.GetValue<string>());
        await CommittedCalls.CompareAsync("batch-processor", stack.TakeCalls());

        await BatchSteps.InvokeAsync(batch, """{"step":"plan","runId":"to-cancel"}""");
        stack.TakeCalls();
        await using var api = new Supervised(await Published.BootstrapAsync("admin-api"), stack.FunctionSettings);
        await ApiRoutes.CallAsync(new ApiCaller(api));
        await CommittedCalls.CompareAsync("admin-api", stack.TakeCalls());
    }
}
