using System.Net;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Batches;
using Recommendation.Application.Profiles;
using Recommendation.Domain;
using Recommendation.Domain.Batches;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// Requests in any order, beside a model of a few lines that says what must come of them: post, send again, reject,
/// redrive, erase, replay, rebuild, run, and time that passes. A failing history is shortened and printed.
/// </summary>
public sealed class ApiModelTests
{
    private const int Users = 3;
    private const int Histories = 10;
    private const int Steps = 40;

    [Fact]
    public async Task Requests_in_any_order_leave_what_the_model_says()
    {
        for (var seed = 1; seed <= Histories; seed++)
        {
            var steps = Generate(new Random(seed));
            if (await FailureOfAsync(steps) is { } failure)
                Assert.Fail($"Seed {seed}: {await ShortestAsync(steps, failure)}");
        }
    }

    private static List<Step> Generate(Random random) => [.. Enumerable.Range(0, 5 + random.Next(Steps))
        .Select(_ => new Step((Command)random.Next(Enum.GetValues<Command>().Length), random.Next(1000)))];

    /// <summary>Leaves out every step without which the history still fails.</summary>
    private static async Task<string> ShortestAsync(List<Step> steps, string failure)
    {
        for (var place = steps.Count - 1; place >= 0; place--)
        {
            var fewer = steps.Where((_, at) => at != place).ToList();
            if (await FailureOfAsync(fewer) is { } still)
                (steps, failure) = (fewer, still);
        }
        return $"{string.Join("; ", steps)}: {failure}";
    }

    private static async Task<string?> FailureOfAsync(IReadOnlyList<Step> steps)
    {
        var time = new ManualTime(Shop.Noon);
        await using var api = await RunningApi.StartAsync(options => options.Time = time);
        var history = new History(api, time);
        try
        {
            foreach (var step in steps)
            {
                await history.PlayAsync(step);
                await history.CheckAsync();
            }
            return null;
        }
        catch (Xunit.Sdk.XunitException failure)
        {
            return failure.Message;
        }
    }

    private enum Command
    {
        Post,
        PostSeveral,
        SendAgain,
        PostTooEarly,
        PostBad,
        Redrive,
        Erase,
        Replay,
        Rebuild,
        Run,
        Pass,
    }

    private sealed record Step(Command Command, int Number);

    /// <summary>The API, and what is known to be in it.</summary>
    private sealed class History(RunningApi api, ManualTime time)
    {
        private readonly List<Event> _sent = [];
        private readonly HashSet<string>[] _counted = [.. Enumerable.Range(0, Users)
            .Select(_ => new HashSet<string>(StringComparer.Ordinal))];

        // By the body and the place in it, which is where the product has it from: the same body twice is one record.
        private readonly Dictionary<(string Body, int Place), Held> _held = [];
        private (string Key, string Body, string Answer)? _keyed;
        private int _number;

        internal Task PlayAsync(Step step) => step.Command switch
        {
            Command.Post => PostAsync([New(step.Number)]),
            Command.PostSeveral => PostAsync([New(step.Number), New(step.Number + 1), New(step.Number / 2)]),
            Command.SendAgain => _sent.Count == 0 ? Task.CompletedTask : PostAsync([_sent[step.Number % _sent.Count]]),
            Command.PostTooEarly => PostAsync([New(step.Number, ahead: TimeSpan.FromMinutes(6 + (step.Number % 30)))]),
            Command.PostBad => PostBadAsync(),
            Command.Redrive => RedriveAsync(),
            Command.Erase => EraseAsync(step.Number % Users),
            Command.Replay => ReplayAsync(),
            Command.Rebuild => api.SendAsync(new RebuildProfiles()),
            Command.Run => RunAsync(),
            _ => Pass(step.Number),
        };

        internal async Task CheckAsync()
        {
            // The server follows by itself; here at once, since its clock stands still between two requests.
            await api.SendAsync(new CatchUpProfiles("local"));
            for (var user = 0; user < Users; user++)
            {
                var shown = (await api.GetAsync($"/v1/users/u{user}")).Json;
                Assert.Equal(_counted[user].Count, shown["interactionCount"]?.GetValue<int>() ?? 0);
            }
            var quarantine = (await api.GetAsync("/v1/quarantine")).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(_held.Values.Count(one => !one.IsRedriven), quarantine["records"]!.AsArray().Count);
        }

        private Event New(int number, TimeSpan ahead = default)
        {
            var sent = new Event($"e{_number++}", number % Users, number % 5, time.GetUtcNow() + ahead);
            _sent.Add(sent);
            return sent;
        }

        private async Task PostAsync(Event[] events)
        {
            var body = $"[{string.Join(',', events.Select(one => one.ToJson()))}]";
            var key = $"k{_number++}";
            var answer = await api.PostAsync("/v1/interactions", body, ("Idempotency-Key", key));
            var isAnyValid = Array.Exists(events, one => one.IsValidAt(time.GetUtcNow()));
            answer.Expect(isAnyValid ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity);
            _keyed = isAnyValid ? (key, body, answer.Body) : null;
            foreach (var (place, one) in events.Index())
            {
                if (one.IsValidAt(time.GetUtcNow()))
                    _counted[one.User].Add(one.Id);
                else
                    _held.TryAdd((body, place), new Held(one, one.User));
            }
        }

        private async Task PostBadAsync()
        {
            const string body = """[{"userId":"u0","itemId":""}]""";
            (await api.PostAsync("/v1/interactions", body)).Expect(HttpStatusCode.UnprocessableEntity);
            _held.TryAdd((body, 0), new Held(Event: null, User: 0));
        }

        private async Task RedriveAsync()
        {
            (await api.PostAsync("/v1/quarantine/redrive", "{}")).Expect(HttpStatusCode.OK);
            foreach (var (key, held) in _held.ToList())
            {
                if (held is not { IsRedriven: false, Event: { } one } || !one.IsValidAt(time.GetUtcNow()))
                    continue;
                _held[key] = held with { IsRedriven = true };
                _counted[one.User].Add(one.Id);
            }
        }

        private async Task EraseAsync(int user)
        {
            var answer = await api.DeleteAsync($"/v1/users/u{user}");
            Assert.True((int)answer.Status is >= 200 and < 300, answer.Body);
            _counted[user].Clear();
            foreach (var key in _held.Where(one => one.Value.User == user).Select(one => one.Key).ToList())
                _held.Remove(key);
            _keyed = null;
            // Times are whole milliseconds, and what arrives in the one of an erasure may go with it.
            time.Advance(TimeSpan.FromMilliseconds(5));
        }

        private async Task ReplayAsync()
        {
            if (_keyed is not { } keyed)
                return;
            var answer = (await api.PostAsync("/v1/interactions", keyed.Body, ("Idempotency-Key", keyed.Key)))
                .Expect(HttpStatusCode.OK);
            Assert.Equal(keyed.Answer, answer.Body);
        }

        private async Task RunAsync()
        {
            var run = await api.SendAsync(new RunBatch(BatchRunId.Parse($"run-{_number++}")));
            Assert.Equal(BatchState.Completed, run.State);
            Assert.Equal(_counted.Count(ids => ids.Count > 0), run.Counts.Active);
        }

        private Task Pass(int number)
        {
            time.Advance(TimeSpan.FromMinutes(number % 20));
            return Task.CompletedTask;
        }
    }

    /// <summary>A rejected record; without an event if it can never be valid.</summary>
    private sealed record Held(Event? Event, int User, bool IsRedriven = false);

    private sealed record Event(string Id, int User, int Item, DateTimeOffset At)
    {
        internal bool IsValidAt(DateTimeOffset now) => At <= now.AddMinutes(5);

        internal string ToJson() =>
            $$"""{"eventId":"{{Id}}","userId":"u{{User}}","itemId":"i{{Item}}","timestamp":"{{Timestamps.Format(At)}}"}""";
    }
}
