using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

public sealed class IdempotencyTests
{
    private const string Body = """[{"userId":"ann","itemId":"i1"},{"userId":"ann","itemId":"i2"}]""";

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_and_is_done_once()
    {
        await using var api = await RunningApi.StartAsync();
        var first = (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Expect(
            HttpStatusCode.OK
        );
        var second = (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Expect(
            HttpStatusCode.OK
        );
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        Assert.Equal(2, (await api.GetAsync("/v1/users/ann")).Json["interactionCount"]!.GetValue<int>());
        (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k2"))).Expect(HttpStatusCode.OK);
        Assert.Equal(4, (await api.GetAsync("/v1/users/ann")).Json["interactionCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_route_is_refused()
    {
        await using var api = await RunningApi.StartAsync();
        (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Expect(HttpStatusCode.OK);
        (await api.PostAsync("/v1/interactions", "[]", ("Idempotency-Key", "k1"))).ExpectProblem(
            HttpStatusCode.UnprocessableEntity,
            "key-reused"
        );
        (await api.PostAsync("/v1/quarantine/redrive", Body, ("Idempotency-Key", "k1"))).ExpectProblem(
            HttpStatusCode.UnprocessableEntity,
            "key-reused"
        );
    }

    [Fact]
    public async Task A_mistake_is_remembered_and_what_may_pass_is_not()
    {
        await using var api = await RunningApi.StartAsync();
        var wrong = (await api.PostAsync("/v1/interactions", "[]", ("Idempotency-Key", "k1"))).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid"
        );
        Assert.Equal(wrong.Body, (await api.PostAsync("/v1/interactions", "[]", ("Idempotency-Key", "k1"))).Body);
        (await api.PostAsync("/v1/models/rollback", "{}", ("Idempotency-Key", "k2"))).ExpectProblem(
            HttpStatusCode.Conflict,
            "refused"
        );
        var again = (await api.PostAsync("/v1/models/rollback", "{}", ("Idempotency-Key", "k2"))).ExpectProblem(
            HttpStatusCode.Conflict,
            "refused"
        );
        Assert.DoesNotContain("Idempotency-Replayed", again.Headers.Keys);
    }

    [Fact]
    public async Task Of_two_at_once_one_is_told_that_the_other_is_at_work()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var api = await RunningApi.StartAsync(replace: services =>
            services.Intercept<IInteractionLog>(log => new HeldLog(log, entered, go))
        );
        var first = api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"));
        await entered.Task;
        (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).ExpectProblem(
            HttpStatusCode.Conflict,
            "in-progress"
        );
        go.SetResult();
        (await first).Expect(HttpStatusCode.OK);
        Assert.Equal(
            "true",
            (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1")))
                .Expect(HttpStatusCode.OK)
                .Headers["Idempotency-Replayed"]
        );
    }

    [Fact]
    public async Task Keys_outlive_a_restart_and_expire_after_a_day()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime(Shop.Noon);
        await using (var api = await RunningApi.StartAsync(options => options.Time = time, folder: folder.Path))
            (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Expect(HttpStatusCode.OK);
        await using var restarted = await RunningApi.StartAsync(options => options.Time = time, folder: folder.Path);
        Assert.Equal(
            "true",
            (await restarted.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Headers[
                "Idempotency-Replayed"
            ]
        );
        time.Advance(TimeSpan.FromHours(25));
        Assert.DoesNotContain(
            "Idempotency-Replayed",
            (await restarted.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Headers.Keys
        );
    }

    [Fact]
    public async Task Done_anew_after_a_crash_the_events_are_still_the_same_events()
    {
        await using var api = await RunningApi.StartAsync();
        (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Expect(HttpStatusCode.OK);
        // As after a crash between the append and the answer: the claim is gone, the events are in the log.
        await api
            .Services.GetRequiredService<IIdempotencyKeys>()
            .GiveUpAsync(KeyOf("local", "k1"), CancellationToken.None);
        var again = (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "k1"))).Expect(
            HttpStatusCode.OK
        );
        Assert.Equal(2, again.Json["duplicates"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused()
    {
        await using var api = await RunningApi.StartAsync();
        (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", new string('k', 256)))).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid"
        );
        (await api.PostAsync("/v1/interactions", Body, ("Idempotency-Key", "a b"))).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid"
        );
    }

    private static IdempotentRequest KeyOf(string caller, string key) =>
        new(
            Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{caller}\n{key}"))
            ),
            "",
            default,
            default
        );
}
