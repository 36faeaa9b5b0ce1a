namespace Recommendation.BatchProcessor.Tests;

/// <summary>The function as a process that dies in the middle of a segment.</summary>
public sealed class KilledWorkerTests : IAsyncLifetime
{
    private const string Segment = """{"step":"segment","runId":"r1","segment":0}""";

    private BatchWorld _world = null!;

    public async Task InitializeAsync() => _world = await BatchWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_worker_that_is_killed_in_a_segment_loses_nobody_and_counts_nobody_twice()
    {
        await _world.GivenModelAsync("m1");
        var users = await _world.GivenActiveAsync(700, at: TimeProvider.System.GetUtcNow().AddDays(-1));
        FunctionProcess? first = null;
        var writes = 0;
        _world.Table = request =>
        {
            // Some lists of the segment are stored by now; that of this request will be, too, and nobody
            // will hear of it.
            if (request.Is("BatchWriteItem") && ++writes == 10)
                first!.Kill();
            return null;
        };
        await using (first = await FunctionProcess.StartAsync(_world, """{"step":"plan","runId":"r1"}""", Segment))
        {
            Assert.Equal(700, (await first.AnswerAsync()).GetProperty("users").GetInt32());
            await first.EndedAsync();
        }
        Assert.Null(await _world.ObjectAsync("batch-runs/r1/results/000000.json"));

        await using var second = await FunctionProcess.StartAsync(
            _world,
            Segment,
            Segment,
            """{"step":"complete","runId":"r1"}"""
        );
        Assert.Equal(700, (await second.AnswerAsync()).GetProperty("ranked").GetInt32());
        Assert.Equal(700, (await second.AnswerAsync()).GetProperty("ranked").GetInt32());
        var results = await second.AnswerAsync();
        Assert.Equal(
            (700, 700),
            (results.GetProperty("active").GetInt32(), results.GetProperty("processedUsers").GetInt32())
        );
        Assert.All(
            await Task.WhenAll(users.Select(_world.ListAsync)),
            list => Assert.Equal("r1", list!.RunId!.Value.Value)
        );
    }

    [Fact]
    public async Task A_setting_that_is_missing_is_the_reason_why_the_function_can_not_start()
    {
        _world.TableName = "";
        await using var function = await FunctionProcess.StartAsync(_world);
        Assert.Contains(
            "TABLE_NAME is not set",
            (await function.AnswerAsync()).GetProperty("errorMessage").GetString(),
            StringComparison.Ordinal
        );
    }
}
