using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Tests.Given;
using Recommendation.Emulators;
using Recommendation.Emulators.Tables;
using Recommendation.StreamProcessor.Tests.Given;
using Xunit.Abstractions;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>
/// Four shards on a table that is short of capacity, each with a process of its own: they are late, and nothing fails
/// or is lost.
/// </summary>
[Collection("One environment")]
public sealed class SlowTableTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset s_start = Shard.Noon.AddMinutes(11);

    [Theory]
    [InlineData(5, 600)]
    [InlineData(100, 6000)] // of fewer, what the processes take to learn the capacity, some 14 s, is too large a part
    public async Task A_slow_table_delays_the_stream_and_fails_no_invocation(int units, int events)
    {
        using var time = new SimulatedTime(s_start);
        await using var table = await TableSimulator.StartAsync(time, units);
        table.IsLimited = true;
        table.Reads.Drain();
        table.Writes.Drain();
        var shards = Enumerable.Range(0, 4).Select(number => ShardOf(number, events / 4)).ToList();
        var (errors, invocations) = (0, 0);

        await Task.WhenAll(shards.Select(async shard =>
        {
            await using var function = new Function(services => services.AddSingleton<TimeProvider>(time).AddStreamProcessor(Setting(table))
                .AddOptions<RecommendationOptions>().Configure(CleanPass.Configure));
            await function.InitializeAsync();
            var mapping = new EventSourceMapping(new MappingOptions { BisectBatchOnFunctionError = true }, async call =>
            {
                var outcome = await function.InvokeAsync(call);
                Assert.InRange(Interlocked.Increment(ref invocations), 1, 200);
                if (outcome.IsError && Interlocked.Increment(ref errors) < 5)
                    output.WriteLine(outcome.Text);
                return outcome;
            }, time.GetUtcNow);
            await mapping.DeliverAsync(shard.Records);
            Assert.Empty(mapping.GivenUp);
        }));

        // All is delivered, so the stream's lag is nothing again.
        var took = time.GetUtcNow() - s_start;
        var least = new[] { table.Reads.Least(hasBurst: false), table.Writes.Least(hasBurst: false) }.Max();
        output.WriteLine(
            $"{events} events at {units} units: {took.TotalSeconds:0} s, the capacity allows {least.TotalSeconds:0} "
                + $"s; {invocations} invocations, "
                + $"{table.Writes.Consumed:0} writes, {table.Reads.Consumed:0} reads."
        );
        Assert.Equal(0, errors);
        Assert.True(took <= least * 1.3, $"It took {took}, and the capacity allows {least}.");
        Assert.Equal(
            events,
            table
                .Items.Where(item => item["interactionCount"] is not null)
                .Sum(item =>
                    int.Parse(
                        item["interactionCount"]!["N"]!.GetValue<string>(),
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                )
        );
    }

    /// <summary>
    /// Nearly every event of a batch is of another user: the dearest case, a read and a write for each.
    /// </summary>
    private static Shard ShardOf(int number, int events)
    {
        var shard = new Shard(number);
        for (var i = 0; i < events; i++)
            shard.Put(
                Shard.Event($"u{number}-{i % 90}", $"i{i}", Shard.Noon.AddMilliseconds(i)),
                $"u{number}-{i % 90}"
            );
        return shard;
    }

    private static Func<string, string?> Setting(TableSimulator table)
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB", table.Url.ToString());
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "test");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "test");
        return name =>
            name switch
            {
                "TABLE_NAME" or "BUCKET_NAME" => "test",
                "AWS_REQUEST_RETRIES" => "0",
                "LOG_LEVEL" => "None",
                _ => null,
            };
    }
}
