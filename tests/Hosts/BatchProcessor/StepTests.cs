using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>The steps as the state machine and the schedule call them.</summary>
public sealed class StepTests : IAsyncLifetime
{
    private BatchWorld _world = null!;

    public async Task InitializeAsync() => _world = await BatchWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_run_goes_through_its_steps_and_everybody_active_has_a_list()
    {
        var users = await _world.GivenActiveAsync(430);
        await _world.GivenActiveAsync(20, "inactive", HurryingTime.Start.AddDays(-31));
        var function = _world.NewInstance();

        var plan = await function.InvokeAsync("""{"step":"plan","runId":"r1"}""");
        Assert.Equal(
            """{"runId":"r1","state":"ranking","done":true,"continuation":null,"segmentsKey":"batch-runs/r1/segments.json","segments":1,"users":430,"modelVersion":null}""",
            plan.GetRawText()
        );
        Assert.Equal(
            """[{"runId":"r1","segment":0}]""",
            (await _world.ObjectAsync("batch-runs/r1/segments.json"))?.GetRawText()
        );

        var segment = await function.InvokeAsync("""{"step":"segment","runId":"r1","segment":0}""");
        Assert.Equal(
            """{"runId":"r1","segment":0,"done":true,"continuation":null,"ranked":0,"fallback":430,"failed":0,"skipped":0}""",
            segment.GetRawText()
        );

        var results = await function.InvokeAsync("""{"step":"complete","runId":"r1"}""");
        Assert.Equal(
            (430, 430 * RankingEndpoint.Items),
            (
                results.GetProperty("processedUsers").GetInt32(),
                results.GetProperty("recommendationsGenerated").GetInt32()
            )
        );
        Assert.Equal(
            results.GetRawText(),
            (await _world.ObjectAsync("batch-results/2026-03-14/results.json"))?.GetRawText()
        );
        Assert.Equal(
            results.GetRawText(),
            (await _world.ObjectAsync("batch-results/2026-03-14/r1/results.json"))?.GetRawText()
        );
        Assert.All(
            await Task.WhenAll(users.Select(_world.ListAsync)),
            list => Assert.Equal(RankingEndpoint.Items, list!.Items.Count)
        );
        var lists = (await _world.ContentAsync("batch-results/2026-03-14/r1/lists/000000.parquet"))!;
        await using var reader = await Parquet.ParquetReader.CreateAsync(new MemoryStream(lists));
        Assert.Equal(430 * RankingEndpoint.Items, reader.OpenRowGroupReader(0).RowCount);
    }

    [Fact]
    public async Task A_step_stops_before_its_deadline_and_goes_on_with_its_continuation_in_another_instance()
    {
        await _world.GivenModelAsync("m1");
        await _world.GivenActiveAsync(900);
        // Of 15 minutes a step uses 12; so each looks at the clock three times before its time is up.
        _world.Time.Step = TimeSpan.FromMinutes(4);

        var (plans, plan) = await StepsAsync("plan", "\"runId\":\"r1\"");
        Assert.True(plans > 3, $"{plans} invocations planned.");
        Assert.Equal(900, plan.GetProperty("users").GetInt32());
        var segments = (await _world.ObjectAsync("batch-runs/r1/segments.json"))!.Value.GetArrayLength();
        Assert.Equal(plan.GetProperty("segments").GetInt32(), segments);
        for (var segment = 0; segment < segments; segment++)
            await StepsAsync("segment", $"\"runId\":\"r1\",\"segment\":{segment}");

        var results = await _world.NewInstance().StepAsync("complete", "\"runId\":\"r1\"");
        Assert.Equal((900, 900), (results.GetProperty("active").GetInt32(), results.GetProperty("ranked").GetInt32()));
        // One more asks for the popular items, which fill up the short lists of this endpoint.
        Assert.Equal(901, _world.Endpoint.Calls.SelectMany(users => users).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_segment_that_stops_half_way_counts_each_user_once()
    {
        await _world.GivenModelAsync("m1");
        await _world.GivenActiveAsync(900);
        await _world.NewInstance().InvokeAsync("""{"step":"plan","runId":"r1"}""");
        _world.Time.Step = TimeSpan.FromMinutes(6);

        var (invocations, segment) = await StepsAsync("segment", "\"runId\":\"r1\",\"segment\":0");
        Assert.True(invocations > 1, "One invocation did it all.");
        Assert.Equal(900, segment.GetProperty("ranked").GetInt32());
        Assert.Equal(
            900,
            (await _world.NewInstance().StepAsync("complete", "\"runId\":\"r1\"")).GetProperty("ranked").GetInt32()
        );
    }

    [Fact]
    public async Task Given_users_alone_are_ranked()
    {
        await _world.GivenModelAsync("m1");
        var users = await _world.GivenActiveAsync(3);
        var function = _world.NewInstance();
        var plan = await function.InvokeAsync(
            $$"""{"step":"plan","runId":"r1","users":["{{users[0]}}","{{users[2]}}"]}"""
        );
        Assert.Equal(2, plan.GetProperty("users").GetInt32());
        Assert.Equal(
            2,
            (await function.InvokeAsync("""{"step":"segment","runId":"r1","segment":0}"""))
                .GetProperty("ranked")
                .GetInt32()
        );
        Assert.Null(await _world.ListAsync(users[1]));
        Assert.NotNull(await _world.ListAsync(users[2]));
    }

    [Fact]
    public async Task An_event_of_the_schedule_runs_the_batch_and_the_same_event_again_gives_the_same_answer()
    {
        await _world.GivenModelAsync("m1");
        await _world.GivenActiveAsync(30);
        const string Event = """
            {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012",
            "time":"2026-03-14T02:00:00Z","region":"us-east-1","resources":["arn:aws:events:us-east-1:123456789012:rule/r"],"detail":{}}
            """;
        var results = await _world.NewInstance().InvokeAsync(Event);
        Assert.Equal(
            ("scheduled-2026-03-14", 30),
            (results.GetProperty("runId").GetString(), results.GetProperty("processedUsers").GetInt32())
        );
        Assert.Equal(
            results.GetRawText(),
            (await _world.ObjectAsync("batch-results/2026-03-14/results.json"))?.GetRawText()
        );

        var calls = _world.Endpoint.Calls.Count;
        Assert.Equal(results.GetRawText(), (await _world.NewInstance().InvokeAsync(Event)).GetRawText());
        Assert.Equal(calls, _world.Endpoint.Calls.Count);
    }

    [Fact]
    public async Task An_event_of_the_schedule_that_finds_another_run_going_is_an_error()
    {
        await _world.GivenActiveAsync(3);
        await _world.NewInstance().InvokeAsync("""{"step":"plan","runId":"manual"}""");
        var problem = await Assert.ThrowsAsync<RefusedException>(() =>
            _world.NewInstance().InvokeAsync("""{"detail-type":"Scheduled Event","time":"2026-03-14T02:00:00Z"}"""));
        Assert.Equal("Run scheduled-2026-03-14 is skipped: Run manual was still going.", problem.Message);
        var plan = await _world.NewInstance().InvokeAsync("""{"step":"plan","scheduledAt":"2026-03-14T02:00:00Z"}""");
        Assert.Equal(("skipped", true), (plan.GetProperty("state").GetString(), plan.GetProperty("done").GetBoolean()));
    }

    [Theory]
    [InlineData("""[1]""", "The input can't be read: ")]
    [InlineData("""{"step":"plan","runId":""", "The input can't be read: ")]
    [InlineData("null", "The input is null; give an object with a step, or an event of the schedule.")]
    [InlineData("{}", "The input has no step and is no event of the schedule.")]
    [InlineData(
        """{"step":"dance"}""",
        "There is no step 'dance'; give measure, plan, segment, complete, training-input, train, gate, promote, "
            + "popular, feedback, compact or erase."
    )]
    [InlineData("""{"step":"plan"}""", "Give a runId, or the time of the schedule's event as scheduledAt.")]
    [InlineData("""{"step":"plan","scheduledAt":"soon"}""", "scheduledAt is 'soon', which is no time in ISO 8601.")]
    [InlineData("""{"step":"plan","runId":"../up"}""", "runId: ")]
    [InlineData("""{"step":"plan","runId":"r","users":["u",""]}""", "users[1]: ")]
    [InlineData("""{"step":"segment","runId":"r"}""", "Step 'segment' needs a segment's number.")]
    [InlineData("""{"step":"segment","segment":1}""", "Step 'segment' needs a runId.")]
    [InlineData("""{"step":"complete"}""", "Step 'complete' needs a runId.")]
    public async Task What_can_not_be_understood_is_said(string input, string expected)
    {
        var problem = await Assert.ThrowsAsync<InvalidInputException>(() => _world.NewInstance().InvokeAsync(input));
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }

    private async Task<(int Invocations, JsonElement Answer)> StepsAsync(string step, string members)
    {
        var answer = await _world.NewInstance().StepAsync(step, members);
        var invocations = 1;
        for (; !answer.GetProperty("done").GetBoolean(); invocations++)
            answer = await _world.NewInstance().StepAsync(step, members, answer);
        return (invocations, answer);
    }
}
