using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Application.Ports;
using Recommendation.Aws;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Aws.Tests;
using Recommendation.Emulators;
using Recommendation.Emulators.Tables;
using Recommendation.Local;

namespace Recommendation.BatchProcessor.Tests.Capacity;

/// <summary>The function over a simulated table, on a simulated clock; runs, segments and models in memory.</summary>
internal sealed class CapacityWorld : IAsyncDisposable
{
    internal static readonly DateTimeOffset Start = Contracts.Some.Noon;

    private readonly ServiceProvider _memory = new ServiceCollection().AddInMemory().BuildServiceProvider();
    private readonly List<IAsyncDisposable> _providers = [];

    private CapacityWorld(SimulatedTime time, TableSimulator table) => (Time, Table) = (time, table);

    internal SimulatedTime Time { get; }

    internal TableSimulator Table { get; }

    /// <summary>How many invocations failed.</summary>
    internal int Errors { get; private set; }

    /// <summary>How many invocations there were.</summary>
    internal int Invocations { get; private set; }

    internal static async Task<CapacityWorld> StartAsync(int units)
    {
        var time = new SimulatedTime(Start);
        return new CapacityWorld(time, await TableSimulator.StartAsync(time, units));
    }

    internal async Task GivenActiveAsync(int users)
    {
        var services = NewInstance().Services;
        var profiles = Enumerable
            .Range(0, users)
            .Select(i =>
                Contracts.Some.Profile(
                    string.Create(CultureInfo.InvariantCulture, $"user-{i:D6}"),
                    Start.AddDays(-1),
                    $"item-{i % 7}"
                )
            )
            .ToList();
        var outcomes = await services.GetRequiredService<IProfileStore>().SaveAsync(profiles, null, default);
        Assert.All(outcomes, outcome => Assert.Equal(SaveOutcome.Saved, outcome));
        Table.IsLimited = true;
    }

    /// <summary>
    /// As the state machine does it: eight segments at once, each in an instance of its own, until all are done.
    /// </summary>
    internal async Task<JsonElement> RunAsync()
    {
        var plan = await UntilDoneAsync(NewInstance(), "plan", "\"runId\":\"r1\"");
        await Parallel.ForAsync(
            0,
            plan.GetProperty("segments").GetInt32(),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (segment, _) =>
                await UntilDoneAsync(NewInstance(), "segment", $"\"runId\":\"r1\",\"segment\":{segment}")
        );
        return await NewInstance().StepAsync("complete", "\"runId\":\"r1\"");
    }

    /// <summary>The largest item of a kind, as DynamoDB counts bytes.</summary>
    internal int LargestOf(string kind) =>
        Table
            .Items.Where(item => string.Equals(item["kind"]!["S"]!.GetValue<string>(), kind, StringComparison.Ordinal))
            .Max(ItemBytes.Of);

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await _memory.DisposeAsync();
        await Table.DisposeAsync();
        Time.Dispose();
    }

    private async Task<JsonElement> UntilDoneAsync(Instance function, string step, string members)
    {
        JsonElement? answer = null;
        do
        {
            lock (_providers)
                Invocations++;
            try
            {
                answer = await function.StepAsync(step, members, answer);
            }
            catch (Exception) when (Errors < 10)
            {
                Errors++;
            }
        }
        while (answer is null || !answer.Value.GetProperty("done").GetBoolean());
        return answer.Value;
    }

    private Instance NewInstance()
    {
        var provider = BatchHost.Create(
            name =>
                name switch
                {
                    "TABLE_NAME" => "table",
                    "BUCKET_NAME" => "bucket",
                    "LOG_LEVEL" => "None",
                    "AWS_REGION" => "us-east-1",
                    _ => null,
                },
            services =>
                services
                    // The table is what is measured; there is no bucket.
                    .RemoveAll<IBatchLists>()
                    .AddSingleton<TimeProvider>(Time)
                    .AddSingleton(provider => new DirectDynamoClient(
                        AwsFixture.Credentials,
                        AwsFixture.At(
                            AwsClients.DynamoDb(
                                new AwsOptions { RequestRetries = 0, RequestTimeout = TimeSpan.FromMinutes(1) }
                            ),
                            Table.Url
                        )
                    ))
                    .AddSingleton(_memory.GetRequiredService<IBatchRuns>())
                    .AddSingleton(_memory.GetRequiredService<IBatchSegments>())
                    .AddSingleton(_memory.GetRequiredService<IErasures>())
                    .AddSingleton(_memory.GetRequiredService<IModelStore>())
                    .AddSingleton<IRanker, ListOfHundred>()
        );
        lock (_providers)
            _providers.Add(provider);
        return new Instance(provider);
    }
}
