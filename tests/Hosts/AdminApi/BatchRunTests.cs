using System.Net;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

public sealed class BatchRunTests
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task A_run_is_started_watched_and_a_second_one_refused_meanwhile()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = false;
        await using var api = await RunningApi.StartAsync(replace: services =>
            services.Intercept<IRanker>(ranker => new InterceptedRanker(
                ranker,
                request => held && request.Users.Count > 1 ? go.Task : Task.CompletedTask
            ))
        );
        await Shop.FillAsync(api);
        held = true;
        var started = (await api.PostAsync("/v1/batch-runs", "{}")).Expect(HttpStatusCode.Accepted);
        var location = started.Headers["Location"];
        var going = (await api.GetAsync(location)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("ranking", going["run"]!["state"]!.GetValue<string>());
        Assert.Equal(
            (Shop.Users, 0.0),
            (going["progress"]!["users"]!.GetValue<int>(), going["progress"]!["fraction"]!.GetValue<double>())
        );
        (await api.PostAsync("/v1/batch-runs")).ExpectProblem(HttpStatusCode.Conflict, "refused");
        Assert.NotNull((await api.GetAsync("/v1/overview")).Json["running"]);
        go.SetResult();
        var done = await EndAsync(api, location);
        Assert.Equal("completed", done["run"]!["state"]!.GetValue<string>());
        Assert.Equal(Shop.Users, done["run"]!["active"]!.GetValue<int>());
        Assert.Equal(1, done["progress"]!["fraction"]!.GetValue<double>());
        (await api.PostAsync(location + "/cancel")).ExpectProblem(HttpStatusCode.Conflict, "refused");
    }

    [Fact]
    public async Task A_run_over_chosen_users_ranks_those_alone()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        var started = (
            await api.PostAsync("/v1/batch-runs", """{"users":["u1","u2","stranger","u1"],"runId":"chosen"}""")
        ).Expect(HttpStatusCode.Accepted);
        var done = (await EndAsync(api, started.Headers["Location"]))["run"]!;
        Assert.Equal(
            (3, 2, 1),
            (done["active"]!.GetValue<int>(), done["ranked"]!.GetValue<int>(), done["skipped"]!.GetValue<int>())
        );
    }

    [Fact]
    public async Task A_training_is_watched_to_its_end_and_its_model_listed()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        await api.PostAsync("/v1/interactions", """{"userId":"u1","itemId":"i23","interactionType":"purchase"}""");
        var started = (await api.PostAsync("/v1/models", """{"fast":true,"force":true}""")).Expect(
            HttpStatusCode.Accepted
        );
        var location = started.Headers["Location"];
        for (var attempt = 0; ; attempt++)
        {
            var training = (await api.GetAsync(location)).Expect(HttpStatusCode.OK).Json;
            if (training["state"]!.GetValue<string>() != "training")
            {
                Assert.Equal("promoted", training["state"]!.GetValue<string>());
                Assert.Equal(
                    training["model"]!["version"]!.GetValue<string>(),
                    (await api.GetAsync("/v1/models")).Json["current"]!.GetValue<string>()
                );
                break;
            }
            Assert.True(attempt < 600, "The training does not end.");
            await Task.Delay(50);
        }
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync("/v1/models/rollback", "{}")).Status);
    }

    [Theory]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z")]
    [InlineData("2026-03-01T01:59:59.999Z", "2026-03-01T02:00:00Z")]
    [InlineData("2026-03-01T02:00:00Z", "2026-03-02T02:00:00Z")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01T02:00:00Z")]
    public void The_nightly_run_is_due_at_two(string now, string next) =>
        Assert.Equal(Time(next), NightlySchedule.Next(Time(now)));

    [Fact]
    public async Task The_nightly_run_starts_by_itself_under_the_name_of_its_day_and_is_skipped_while_another_goes()
    {
        var time = new ManualTime(Shop.Noon);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = false;
        await using var api = await RunningApi.StartAsync(
            options =>
            {
                options.Time = time;
                options.NightlyRun = true;
            },
            services =>
                services.Intercept<IRanker>(ranker => new InterceptedRanker(
                    ranker,
                    request => held && request.Users.Count > 1 ? go.Task : Task.CompletedTask
                ))
        );
        await Shop.FillAsync(api);
        await GoToAsync(time, Time("2026-03-02T02:00:00Z"));
        Assert.Equal(
            "completed",
            (await EndAsync(api, "/v1/batch-runs/scheduled-2026-03-02", time))["run"]!["state"]!.GetValue<string>()
        );

        await GoToAsync(time, Time("2026-03-03T01:55:00Z"));
        held = true;
        (await api.PostAsync("/v1/batch-runs", """{"runId":"long"}""")).Expect(HttpStatusCode.Accepted);
        await GoToAsync(time, Time("2026-03-03T02:00:00Z"));
        Assert.Equal(
            "skipped",
            (await EndAsync(api, "/v1/batch-runs/scheduled-2026-03-03", time))["run"]!["state"]!.GetValue<string>()
        );
        go.SetResult();
        await EndAsync(api, "/v1/batch-runs/long", time);
    }

    /// <summary>Lets the clock go on, but not before the schedule waits for it.</summary>
    private static async Task GoToAsync(ManualTime time, DateTimeOffset target)
    {
        while (true)
        {
            for (
                var attempt = 0;
                !time.IsDueWithin(TimeSpan.FromMinutes(1), atLeast: TimeSpan.FromSeconds(2));
                attempt++
            )
            {
                Assert.True(attempt < 2000, $"The schedule does not wait for the clock. {time}");
                PassMoment(time);
                await Task.Delay(5);
            }
            var left = target - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return;
            time.Advance(left < TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1));
        }
    }

    /// <summary>Whoever finds a run's folder locked tries again in a moment of the same clock.</summary>
    private static void PassMoment(ManualTime time)
    {
        if (time.IsDueWithin(s_moment, atLeast: TimeSpan.Zero))
            time.Advance(s_moment);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> EndAsync(
        RunningApi api,
        string location,
        ManualTime? time = null
    )
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            // A scheduled run is not there before it has begun.
            var answer = await api.GetAsync(location);
            if (answer.Status == HttpStatusCode.OK && answer.Json is var run && run["run"]!["finishedAt"] is not null)
                return run;
            if (time is not null)
                PassMoment(time);
            await Task.Delay(20);
        }
        throw new TimeoutException("The run does not end.");
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
