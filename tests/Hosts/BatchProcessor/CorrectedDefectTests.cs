using Recommendation.Application.Ports;
using Recommendation.Emulators;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>
/// The thirteenth defect of the reference: its batch function can't serialise the number type of its table, fails for
/// every user, and answers 200.
/// </summary>
public sealed class CorrectedDefectTests : IAsyncLifetime
{
    private const string Event = """{"detail-type":"Scheduled Event","time":"2026-03-14T02:00:00Z"}""";

    private BatchWorld _world = null!;

    public async Task InitializeAsync() => _world = await BatchWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task What_the_table_keeps_as_numbers_is_sent_to_the_endpoint_and_kept_as_numbers_again()
    {
        await _world.GivenModelAsync("m1");
        var users = await _world.GivenActiveAsync(3);
        var results = await _world.NewInstance().InvokeAsync(Event);
        Assert.Equal(
            (3, 0),
            (results.GetProperty("processedUsers").GetInt32(), results.GetProperty("failed").GetInt32())
        );
        var list = await _world.ListAsync(users[0]);
        Assert.All(list!.Items, item => Assert.True(double.IsFinite(item.Score.Value)));
    }

    [Fact]
    public async Task A_run_that_failed_for_every_user_is_an_error_and_no_answer()
    {
        await _world.GivenModelAsync("m1");
        await _world.GivenActiveAsync(3);
        _world.Table = request =>
            request.Is("BatchWriteItem")
            || (request.Is("PutItem") && request.Text.Contains("recommendations", StringComparison.Ordinal))
                ? StubAnswer.Error(400, "ValidationException", "Type mismatch")
                : null;
        var problem = await Assert.ThrowsAsync<RefusedException>(() => _world.NewInstance().InvokeAsync(Event));
        Assert.StartsWith(
            "Run scheduled-2026-03-14 is completed, and all of its 3 users failed: ",
            problem.Message,
            StringComparison.Ordinal
        );
        // Asked again, it is still no success; and the results say what became of everybody.
        await Assert.ThrowsAsync<RefusedException>(() => _world.NewInstance().InvokeAsync(Event));
        var results = (await _world.ObjectAsync("batch-results/2026-03-14/results.json"))!.Value;
        Assert.Equal(
            (0, 3),
            (results.GetProperty("processedUsers").GetInt32(), results.GetProperty("failed").GetInt32())
        );
    }
}
