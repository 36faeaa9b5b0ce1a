using System.Text.Json;
using Recommendation.BatchProcessor.Messages;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>
/// The steps over the archive: training in the function, a training job's input, popular windows, compaction, the
/// measure of lists.
/// </summary>
public sealed class UpkeepStepTests : IAsyncLifetime
{
    private BatchWorld _world = null!;

    public async Task InitializeAsync() => _world = await BatchWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_training_in_the_function_publishes_and_promotes_a_model()
    {
        await GivenEventsAsync(users: 60, days: 6);
        var trained = await InvokeAsync("""{"step":"train"}""");
        Assert.True(trained.GetProperty("passed").GetBoolean(), trained.GetRawText());
        var current = await _world.Models.CurrentAsync(default);
        Assert.Equal(trained.GetProperty("modelVersion").GetString(), current.Version!.Value.Value);
    }

    [Fact]
    public async Task With_nothing_to_train_on_it_says_so()
    {
        var trained = await InvokeAsync("""{"step":"train"}""");
        Assert.Equal(
            (JsonValueKind.Null, false),
            (trained.GetProperty("modelVersion").ValueKind, trained.GetProperty("passed").GetBoolean())
        );
        Assert.NotEmpty(trained.GetProperty("reasons").EnumerateArray().Single().GetString()!);
    }

    [Fact]
    public async Task The_input_of_a_training_job_is_a_list_of_objects_and_a_volume_that_holds_them()
    {
        await GivenEventsAsync(users: 3, days: 2);
        var input = await InvokeAsync("""{"step":"training-input","name":"weekly-1","days":90,"userPercent":100}""");
        Assert.Equal(
            $$"""{"manifest":"s3://{{_world.BucketName}}/training/inputs/weekly-1.manifest","objects":2,"volumeGigabytes":21}""",
            input.GetRawText()
        );
        Assert.Equal(3, (await _world.ObjectAsync("training/inputs/weekly-1.manifest"))!.Value.GetArrayLength());
        await Assert.ThrowsAsync<InvalidInputException>(() => InvokeAsync("""{"step":"training-input"}"""));
    }

    [Fact]
    public async Task Popular_items_of_windows_are_counted_by_users_and_kept()
    {
        await GivenEventsAsync(users: 4, days: 3);
        // One user comes back to one item all day long.
        await _world.GivenArchivedAsync([
            .. Enumerable.Range(0, 50).Select(i => Event("bot", "spam", HurryingTime.Start.AddMinutes(-60 - i))),
        ]);

        var counted = await InvokeAsync("""{"step":"popular","windows":["day","week"]}""");

        Assert.True(
            counted.GetProperty("windows").GetProperty("week").GetInt32()
                > counted.GetProperty("windows").GetProperty("day").GetInt32()
        );
        var items = (await _world.ObjectAsync("popularity/168h.json"))!
            .Value.GetProperty("items")
            .EnumerateArray()
            .Select(item => item.GetString())
            .ToList();
        Assert.NotEqual("spam", items[0]);
        Assert.Contains("spam", items);
    }

    [Fact]
    public async Task A_compaction_is_asked_again_until_it_is_done()
    {
        await GivenEventsAsync(users: 20, days: 3);
        var answer = await InvokeAsync("""{"step":"compact"}""");
        Assert.Equal("""{"done":true,"waitSeconds":1}""", answer.GetRawText());
        Assert.All(
            await _world.KeysAsync("archive/"),
            key => Assert.Matches("^archive/\\d{4}/\\d{2}/\\d{2}/[0-9a-f]{2}/", key)
        );
    }

    [Fact]
    public async Task Without_lists_there_is_nothing_to_measure_and_that_is_no_error()
    {
        var answer = await InvokeAsync("""{"step":"measure"}""");
        Assert.Equal(
            (0, JsonValueKind.Null),
            (answer.GetProperty("users").GetInt32(), answer.GetProperty("ndcg").ValueKind)
        );
        Assert.Contains("no completed batch run", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    private Task<JsonElement> InvokeAsync(string input) => _world.NewInstance(withEndpoint: false).InvokeAsync(input);

    private int _sequence;

    private async Task GivenEventsAsync(int users, int days)
    {
        for (var day = days; day > 0; day--)
            await _world.GivenArchivedAsync([
                .. Enumerable
                    .Range(0, users)
                    .SelectMany(user =>
                        Enumerable
                            .Range(0, 3)
                            .Select(i =>
                                Event(
                                    $"u{user}",
                                    $"i{((user % 2) * 20) + ((day + i + (user / 2)) % 12)}",
                                    HurryingTime.Start.AddDays(-day).AddSeconds(user)
                                )
                            )
                    ),
            ]);
    }

    private Interaction Event(string user, string item, DateTimeOffset at) =>
        Some.Interaction(user, item) with { OccurredAt = at, ArrivedAt = at, Position = Some.Position(++_sequence) };
}
