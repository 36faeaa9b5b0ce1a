using System.Globalization;
using System.Net;
using Recommendation.Client;
using Recommendation.Clients.Tests.DotNet.Given;
using Recommendation.Emulators;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>The writer against an API that answers as a test says.</summary>
public sealed class EventWriterTests
{
    private static readonly Uri s_address = new("http://recommend.example/stage");

    [Fact]
    public async Task Events_are_sent_in_batches_with_ids_times_and_keys()
    {
        var api = StubApi.Accepting();
        await using (var program = new ClientProgram(s_address, options => options.ApiKey = "secret", api))
        {
            for (var n = 0; n < 1_250; n++)
                Assert.True(program.Writer.Write(Event(n)));
            await program.Writer.FlushAsync();
            Assert.Equal((1_250L, 1_250L, false), (program.Writer.Status.Written, program.Writer.Status.Delivered,
                program.Writer.Status.IsAway));
        }
        Assert.All(api.Calls, call => Assert.Equal(new Uri(s_address, "stage/v1/interactions"), call.Address));
        Assert.All(api.Calls, call => Assert.Equal("Bearer secret", call.Authorization));
        Assert.All(api.Calls, call => Assert.InRange(call.Events.Count, 1, 500));
        Assert.Equal(api.Calls.Count, api.Calls.Select(call => call.Key).Distinct().Count());
        var events = api.Calls.SelectMany(call => call.Events).ToList();
        Assert.Equal(1_250, events.Select(one => one.GetProperty("eventId").GetString()).Distinct().Count());
        Assert.Equal(1_250, events.Select(one => one.GetProperty("itemId").GetString()).Distinct().Count());
        Assert.All(events, one => Assert.Matches(
            @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", one.GetProperty("timestamp").GetString()!));
    }

    [Fact]
    public async Task What_an_event_says_of_itself_is_sent_as_it_is()
    {
        var api = StubApi.Accepting();
        await using (var program = new ClientProgram(s_address, api: api))
            program.Writer.Write(new RecommendationEvent
            {
                UserId = "ann",
                ItemId = "té \"x\"",
                EventId = "order-1",
                InteractionType = "purchase",
                Timestamp = new DateTimeOffset(2026, 3, 1, 13, 0, 0, 7, TimeSpan.FromHours(1)),
                Value = 12.5,
                Currency = "EUR",
                RecommendationId = "list",
            });
        Assert.Equal(
            """[{"eventId":"order-1","userId":"ann","itemId":"té \"x\"","interactionType":"purchase","timestamp":"2026-03-01T12:00:00.007Z","value":12.5,"currency":"EUR","recommendationId":"list"}]""",
            Assert.Single(api.Calls).Body);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "too-many")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "unavailable")]
    public async Task Retry_After_is_honoured_and_the_same_batch_comes_again(HttpStatusCode status, string code)
    {
        using var time = new SimulatedTime(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var times = new List<DateTimeOffset>();
        var api = new StubApi(call =>
        {
            times.Add(time.GetUtcNow());
            return call.Number == 0 ? StubApi.Problem(status, code, retryAfter: 7) : StubApi.Accepted(1);
        });
        await using var program = new ClientProgram(s_address, api: api, time: time);
        program.Writer.Write(Event(1));
        await program.Writer.FlushAsync();
        Assert.Equal(2, api.Calls.Count);
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(12));
        Assert.Equal((api.Calls[0].Key, api.Calls[0].Body), (api.Calls[1].Key, api.Calls[1].Body));
    }

    [Fact]
    public async Task A_wrong_key_loses_nothing_and_says_what_to_do()
    {
        var isRight = false;
        var api = new StubApi(call => isRight
            ? StubApi.Accepted(call.Events.Count)
            : StubApi.Problem(HttpStatusCode.Unauthorized, "key-needed"));
        await using var program = new ClientProgram(s_address, api: api);
        program.Writer.Write(Event(1));
        await UntilAsync(() => program.Writer.Status.IsAway);
        Assert.Contains("keys create", program.Writer.Status.Problem, StringComparison.Ordinal);
        isRight = true;
        await program.Writer.FlushAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, program.Writer.Status.Delivered);
        RequireLog(program, "Warning: Events can't be sent");
    }

    [Fact]
    public async Task Something_else_that_answers_is_not_taken_for_the_API()
    {
        var api = new StubApi(call => call.Number switch
        {
            0 => StubApi.Json(HttpStatusCode.OK, "<html>Welcome</html>"),
            1 => StubApi.Json(HttpStatusCode.BadRequest, "<html>Bad</html>"),
            2 => StubApi.Accepted(7),
            _ => StubApi.Accepted(1),
        });
        await using var program = new ClientProgram(s_address, api: api);
        program.Writer.Write(Event(1));
        await program.Writer.FlushAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(4, api.Calls.Count);
        Assert.Equal((1L, 0L), (program.Writer.Status.Delivered, program.Writer.Status.Rejected));
    }

    [Fact]
    public async Task A_batch_that_the_API_can_not_read_is_divided_until_the_event_is_alone()
    {
        var rejected = new List<RejectedEvent>();
        var api = new StubApi(call => call.Body.Contains("poison", StringComparison.Ordinal)
            ? StubApi.Problem(HttpStatusCode.BadRequest, "invalid")
            : StubApi.Accepted(call.Events.Count));
        await using var program = new ClientProgram(
            s_address, options => options.Events.OnRejected = rejected.Add, api);
        for (var n = 0; n < 40; n++)
            program.Writer.Write(n == 23 ? Event(n) with { ItemId = "poison" } : Event(n));
        await program.Writer.FlushAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((39L, 1L), (program.Writer.Status.Delivered, program.Writer.Status.Rejected));
        var one = Assert.Single(rejected);
        Assert.Equal(("poison", "invalid", "The stub says invalid."), (one.Event.ItemId, one.Reason, one.Message));
        Assert.Equal(api.Calls.Count, api.Calls.Select(call => call.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_key_that_the_API_holds_for_an_attempt_that_died_is_replaced()
    {
        var api = new StubApi(call => call.Number == 0
            ? StubApi.Problem(HttpStatusCode.Conflict, "in-progress", retryAfter: 1)
            : StubApi.Accepted(0, duplicates: 1));
        await using var program = new ClientProgram(s_address, api: api);
        program.Writer.Write(Event(1));
        await program.Writer.FlushAsync();
        Assert.Equal((1L, 1L), (program.Writer.Status.Delivered, program.Writer.Status.Duplicates));
        Assert.NotEqual(api.Calls[0].Key, api.Calls[1].Key);
        Assert.Equal(api.Calls[0].Body, api.Calls[1].Body);
    }

    [Fact]
    public async Task Without_room_Write_says_no_and_WriteAsync_waits()
    {
        var isHere = false;
        var api = new StubApi(call => isHere
            ? StubApi.Accepted(call.Events.Count)
            : throw new HttpRequestException("refused"));
        await using var program = new ClientProgram(
            s_address,
            options => (options.Events.Capacity, options.Events.MaximumBatches, options.Events.BatchSize) = (4, 1, 2),
            api);
        var taken = 0;
        while (program.Writer.Write(Event(taken)))
        {
            taken++;
            await Task.Yield();
        }
        // In batches: one to be sent, one that waits for its place; and the capacity.
        Assert.InRange(taken, 4, 16);
        Assert.Equal(1, program.Writer.Status.Dropped);
        RequireLog(program, "Error: Events are dropped");
        using (var soon = new CancellationTokenSource(50))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (true)
                    await program.Writer.WriteAsync(Event(taken), soon.Token);
            });
        var waiting = program.Writer.WriteAsync(Event(99));
        isHere = true;
        await waiting;
        await program.Writer.FlushAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(program.Writer.Status.Written, program.Writer.Status.Delivered);
    }

    [Fact]
    public async Task What_can_not_be_sent_before_the_end_is_reported_as_lost_without_a_folder_and_kept_with_one()
    {
        var api = new StubApi(_ => throw new HttpRequestException("refused"));
        var program = new ClientProgram(
            s_address, options => options.Events.StopTimeout = TimeSpan.FromMilliseconds(300), api);
        program.Writer.Write(Event(1));
        var writer = program.Writer;
        await program.DisposeAsync();
        Assert.Equal(1, writer.Status.Dropped);
        RequireLog(program, "Error: 1 events are lost");
        Assert.False(writer.Write(Event(2)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.WriteAsync(Event(2)));

        using var folder = new TemporaryFolder();
        await using (var kept = new ClientProgram(s_address, options => options.Events.SpillFolder = folder.Path, api))
            kept.Writer.Write(Event(1));
        var here = StubApi.Accepting();
        await using var next = new ClientProgram(s_address, options => options.Events.SpillFolder = folder.Path, here);
        await UntilAsync(() => next.Writer.Status is { Delivered: 1, OnDisk: 0 });
        Assert.Equal(api.Calls[^1].Body, Assert.Single(here.Calls).Body);
    }

    [Theory]
    [InlineData("", "tea", null)]
    [InlineData("ann", "", null)]
    [InlineData("ann", "tea", double.NaN)]
    public async Task An_event_that_can_not_be_sent_is_refused_at_once(string user, string item, double? value)
    {
        await using var program = new ClientProgram(s_address, api: StubApi.Accepting());
        var problem = Assert.Throws<ArgumentException>(() => program.Writer.Write(new RecommendationEvent
        {
            UserId = user,
            ItemId = item,
            Value = value,
        }));
        Assert.Matches("set both|finite", problem.Message);
    }

    private static void RequireLog(ClientProgram program, string start) =>
        Assert.Contains(program.Logs.Lines, line => line.StartsWith(start, StringComparison.Ordinal));

    private static RecommendationEvent Event(int n) => new()
    {
        UserId = "ann",
        ItemId = string.Create(CultureInfo.InvariantCulture, $"i{n}"),
    };

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(5, deadline.Token);
    }
}
