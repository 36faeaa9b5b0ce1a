using System.Collections.Concurrent;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;
using static Recommendation.Contracts.Some;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>What can go wrong around a run, on the function itself.</summary>
public sealed class FailureMatrixTests : IAsyncLifetime
{
    private BatchWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await BatchWorld.StartAsync();
        await _world.GivenModelAsync("m1");
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task An_endpoint_that_is_down_for_a_third_of_the_users_costs_these_alone_and_they_keep_their_lists()
    {
        var users = await _world.GivenActiveAsync(600);
        await _world.NewInstance().RunAsync("before");
        var ill = _world.Endpoint.Calls.First(call => call.Count == 200).ToHashSet(StringComparer.Ordinal);
        _world.Endpoint.Fails = call => call.Any(ill.Contains);

        var results = await _world.NewInstance().RunAsync("after");
        Assert.Equal((600, 400, 200), Counts(results));
        Assert.Contains("the model is ill", results.GetProperty("note").GetString(), StringComparison.Ordinal);
        foreach (var list in await Task.WhenAll(users.Select(_world.ListAsync)))
            Assert.Equal(ill.Contains(list!.UserId.Value) ? "before" : "after", list.RunId!.Value.Value);
    }

    [Fact]
    public async Task Writes_that_are_throttled_for_a_while_are_all_made()
    {
        var users = await _world.GivenActiveAsync(250);
        var writes = 0;
        _world.Table = request => !request.Is("BatchWriteItem") ? null : ++writes switch
        {
            1 => StubAnswer.Error(400, "ProvisionedThroughputExceededException", "slow down"),
            <= 8 => Unprocessed(request),
            _ => null,
        };
        Assert.Equal((250, 250, 0), Counts(await _world.NewInstance().RunAsync("r1")));
        Assert.All(await Task.WhenAll(users.Select(_world.ListAsync)), Assert.NotNull);
    }

    [Fact]
    public async Task Of_two_runs_started_together_one_goes_and_the_schedule_learns_that_it_was_skipped()
    {
        await _world.GivenActiveAsync(50);
        var answers = await Task.WhenAll(
            TryAsync("""{"step":"plan","runId":"manual"}"""),
            TryAsync("""{"step":"plan","scheduledAt":"2026-03-14T02:00:00Z"}""")
        );
        // The one that comes second is refused, or skipped, as its kind has it.
        Assert.Single(answers, answer => answer.State is "ranking");
        Assert.Single(answers, answer => answer.State is "skipped" or nameof(RefusedException));
    }

    [Fact]
    public async Task Of_two_starts_of_the_same_run_one_goes()
    {
        await _world.GivenActiveAsync(50);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => TryAsync("""{"step":"plan","runId":"r1"}"""))
        );
        Assert.Single(answers, answer => answer.State is "ranking");
        Assert.Equal(3, answers.Count(answer => answer.State is nameof(RefusedException)));
    }

    [Fact]
    public async Task A_plan_that_the_same_execution_asks_for_again_is_answered_and_another_execution_is_refused()
    {
        await _world.GivenActiveAsync(50);
        const string Plan = """{"step":"plan","runId":"r1","execution":"arn:e1"}""";
        var first = await _world.NewInstance().InvokeAsync(Plan);
        Assert.Equal(first.GetRawText(), (await _world.NewInstance().InvokeAsync(Plan)).GetRawText());
        Assert.Equal(
            nameof(RefusedException),
            (await TryAsync("""{"step":"plan","runId":"r1","execution":"arn:e2"}""")).State
        );
    }

    [Fact]
    public async Task A_run_that_was_cancelled_is_resumed_with_what_it_has()
    {
        await _world.GivenActiveAsync(300);
        var function = _world.NewInstance();
        await function.StepAsync("plan", "\"runId\":\"r1\"");
        await function.StepAsync("segment", "\"runId\":\"r1\",\"segment\":0");
        await SendAsync(function, new CancelBatch(BatchRunId.Parse("r1")));
        await Assert.ThrowsAsync<RefusedException>(() =>
            function.StepAsync("segment", "\"runId\":\"r1\",\"segment\":0")
        );
        await Assert.ThrowsAsync<RefusedException>(() => function.StepAsync("complete", "\"runId\":\"r1\""));
        _world.Time.Advance(TimeSpan.FromMinutes(21)); // nobody gave the lease back

        Assert.Equal((300, 300, 0), Counts(await _world.NewInstance().RunAsync("r1")));
        await Assert.ThrowsAsync<RefusedException>(() => _world.NewInstance().StepAsync("plan", "\"runId\":\"r1\""));
    }

    [Fact]
    public async Task A_day_that_is_run_twice_has_both_results_and_the_days_are_those_of_the_later_start()
    {
        await _world.GivenActiveAsync(20);
        await _world.NewInstance().RunAsync("first");
        _world.Time.Advance(TimeSpan.FromHours(1));
        await _world.GivenActiveAsync(5, "late");
        await _world.NewInstance().RunAsync("second");

        Assert.Equal(
            20,
            (await _world.ObjectAsync("batch-results/2026-03-14/first/results.json"))
                ?.GetProperty("processedUsers")
                .GetInt32()
        );
        Assert.Equal(
            25,
            (await _world.ObjectAsync("batch-results/2026-03-14/second/results.json"))
                ?.GetProperty("processedUsers")
                .GetInt32()
        );
        Assert.Equal(
            "second",
            (await _world.ObjectAsync("batch-results/2026-03-14/results.json"))?.GetProperty("runId").GetString()
        );
        await _world.NewInstance().StepAsync("complete", "\"runId\":\"first\"");
        Assert.Equal(
            "second",
            (await _world.ObjectAsync("batch-results/2026-03-14/results.json"))?.GetProperty("runId").GetString()
        );
    }

    [Fact]
    public async Task Nobody_active_is_a_run_without_segments_and_with_results()
    {
        Assert.Equal((0, 0, 0), Counts(await _world.NewInstance().RunAsync("r1")));
        Assert.Equal("[]", (await _world.ObjectAsync("batch-runs/r1/segments.json"))?.GetRawText());
        Assert.Equal(
            "r1",
            (await _world.ObjectAsync("batch-results/2026-03-14/results.json"))?.GetProperty("runId").GetString()
        );
    }

    [Fact]
    public async Task One_user_with_a_full_history_gets_a_list_without_what_was_seen()
    {
        var seen = Enumerable
            .Range(0, 80)
            .Select(i =>
                Interaction("u", i < 3 ? $"other-{i}" : $"seen-{i}", $"e-{i}") with
                {
                    OccurredAt = HurryingTime.Start.AddMinutes(-i),
                    ArrivedAt = HurryingTime.Start,
                    Position = Position(80 - i),
                }
            );
        var profile = UserProfile.New(User("u")).Apply([.. seen], ProfilePolicy.Default).Profile;
        Assert.Equal(50, profile.Recent.Count);
        await _world.Profiles.SaveAsync([profile], null, default);

        Assert.Equal((1, 1, 0), Counts(await _world.NewInstance().RunAsync("r1")));
        Assert.Equal(
            ["other-3", "other-4"],
            (await _world.ListAsync(User("u")))!.Items.Select(item => item.ItemId.Value)
        );
    }

    [Fact]
    public async Task A_user_who_becomes_active_during_the_run_waits_for_the_next()
    {
        await _world.GivenActiveAsync(10);
        var function = _world.NewInstance();
        await function.StepAsync("plan", "\"runId\":\"r1\"");
        var late = await _world.GivenActiveAsync(1, "late", HurryingTime.Start);
        await function.StepAsync("segment", "\"runId\":\"r1\",\"segment\":0");
        Assert.Equal((10, 10, 0), Counts(await function.StepAsync("complete", "\"runId\":\"r1\"")));
        Assert.Null(await _world.ListAsync(late[0]));
        Assert.Equal((11, 11, 0), Counts(await _world.NewInstance().RunAsync("r2")));
    }

    [Fact]
    public async Task A_user_who_is_erased_while_the_others_are_ranked_has_no_list_afterwards()
    {
        var users = await _world.GivenActiveAsync(10);
        Instance? function = null;
        function = _world.NewInstance(replace: services =>
            services.AddSingleton<IRanker>(provider => new RankerProbe(
                new Recommendation.Aws.SageMaker.EndpointRanker(
                    provider.GetRequiredService<Recommendation.Aws.SageMaker.EndpointCalls>(),
                    Domain.Interactions.EventTypeSettings.Default,
                    provider.GetRequiredService<Recommendation.Aws.AwsOptions>()
                ),
                _ => SendAsync(function!, new ForgetUser(users[4]))
            ))
        );

        var results = await function.RunAsync("r1");
        Assert.Equal((10, 9, 0), Counts(results));
        Assert.Equal(1, results.GetProperty("skipped").GetInt32());
        Assert.Null(await _world.ListAsync(users[4]));
        Assert.True((await _world.ProfileAsync(users[4]))!.IsEmpty);
    }

    [Fact]
    public async Task A_model_that_becomes_current_in_the_middle_does_not_change_the_runs_model()
    {
        var users = await _world.GivenActiveAsync(10);
        var asked = new ConcurrentQueue<string?>();
        var function = _world.NewInstance(replace: services =>
            services.AddSingleton<IRanker>(provider => new RankerProbe(
                new Recommendation.Aws.SageMaker.EndpointRanker(
                    provider.GetRequiredService<Recommendation.Aws.SageMaker.EndpointCalls>(),
                    Domain.Interactions.EventTypeSettings.Default,
                    provider.GetRequiredService<Recommendation.Aws.AwsOptions>()
                ),
                question =>
                {
                    asked.Enqueue(question.Model?.Value);
                    return Task.CompletedTask;
                }
            ))
        );
        await function.StepAsync("plan", "\"runId\":\"r1\"");
        await _world.GivenModelAsync("m2");
        // An endpoint follows at once; its lists say who made them.
        _world.Endpoint.Model = "m2";
        await function.StepAsync("segment", "\"runId\":\"r1\",\"segment\":0");

        // The popular items that fill up short lists are of the model that ranked them.
        Assert.Equal(["m1", "m2"], asked);
        Assert.Equal(
            "m1",
            (await function.StepAsync("complete", "\"runId\":\"r1\"")).GetProperty("modelVersion").GetString()
        );
        Assert.Equal("m2", (await _world.ListAsync(users[0]))!.ModelVersion!.Value.Value);
    }

    private static (int Active, int Ranked, int Failed) Counts(JsonElement results) =>
        (
            results.GetProperty("active").GetInt32(),
            results.GetProperty("ranked").GetInt32(),
            results.GetProperty("failed").GetInt32()
        );

    private static async Task<T> SendAsync<T>(Instance function, IRequest<T> request)
    {
        await using var scope = function.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private async Task<(string State, string Text)> TryAsync(string input)
    {
        try
        {
            var answer = await _world.NewInstance().InvokeAsync(input);
            return (answer.GetProperty("state").GetString()!, answer.GetRawText());
        }
        catch (RefusedException problem)
        {
            return (nameof(RefusedException), problem.Message);
        }
    }

    private static StubAnswer Unprocessed(StubRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        return StubAnswer.Of(
            200,
            $$"""{"UnprocessedItems":{{json.RootElement.GetProperty("RequestItems").GetRawText()}}}""",
            "application/x-amz-json-1.0"
        );
    }
}
