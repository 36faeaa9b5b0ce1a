using System.Globalization;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Erasures;
using Recommendation.Application.Feedback;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Local;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>
/// The figures that the step derives from the archive are those of one machine on the same events, whatever came twice,
/// was compacted, counted anew, or erased.
/// </summary>
public sealed class FeedbackStepTests : IAsyncLifetime
{
    private static readonly DateOnly s_through = DateOnly.FromDateTime(HurryingTime.Start.UtcDateTime);
    private static readonly string[] s_types = ["impression", "impression", "impression", "click", "purchase", "view"];
    private static readonly string[] s_users = ["ann", "bob", "eve", "joe"];

    private BatchWorld _world = null!;
    private Machine _machine = null!;
    private Instance _function = null!;
    private int _sequence;

    public async Task InitializeAsync()
    {
        _world = await BatchWorld.StartAsync();
        _function = _world.NewInstance(withEndpoint: false);
        _machine = Machine.With(
            _world.Time, await _function.Services.GetRequiredService<IRecommendationIdKeys>().KeyAsync(default));
    }

    public async Task DisposeAsync()
    {
        await _machine.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Figures_equal_those_of_one_machine(int seed)
    {
        var random = new Random(seed);
        var events = Events(random, count: 120);
        await GivenAsync(events[..70], random);
        await CountAsync(left: 0);
        await GivenAsync(events[70..], random);
        await CountAsync(left: 0);
        await AssertSameAsync();

        // Nothing new: nothing is counted.
        Assert.Equal(0, (await CountAsync(left: 0)).GetProperty("counted").GetInt32());

        _world.Time.Advance(TimeSpan.FromDays(2));
        Assert.True((await _function.InvokeAsync("""{"step":"compact"}""")).GetProperty("done").GetBoolean());
        Assert.True((await CountAsync(left: 0)).GetProperty("counted").GetInt32() >= s_users.Length);
        await AssertSameAsync();

        await SendAsync(new CountFeedback(Rebuild: true));
        await _machine.SendAsync(new CountFeedback(Rebuild: true));
        await AssertSameAsync();

        await EraseAsync("bob");
        await AssertSameAsync();
        await CountAsync(left: 0);
        await AssertSameAsync();
        await SendAsync(new CountFeedback(Rebuild: true));
        await AssertSameAsync();

        // The user comes back: what was seen before the erasure leads to nothing any more.
        await GivenAsync(Events(random, count: 40, at: _world.Time.GetUtcNow()), random);
        await CountAsync(left: 0);
        await AssertSameAsync();
    }

    [Fact]
    public async Task Nothing_of_an_erased_user_is_left_in_the_outputs_and_the_sums_stay()
    {
        await GivenAsync(Events(new Random(4), count: 60), new Random(4));
        await CountAsync(left: 0);
        var before = await TableAsync(SendAsync, isWithUsers: false);
        Assert.Contains("bob", await OutputsAsync(), StringComparison.Ordinal);

        await EraseAsync("bob");

        Assert.DoesNotContain("bob", await OutputsAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await TableAsync(SendAsync, isWithUsers: false));
        // The sweep, after what was delivered late.
        _world.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await _function.InvokeAsync("""{"step":"erase"}""")).GetProperty("done").GetBoolean());
        await CountAsync(left: 0);
        Assert.DoesNotContain("bob", await OutputsAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await TableAsync(SendAsync, isWithUsers: false));
    }

    [Fact]
    public async Task A_count_whose_time_is_up_goes_on_the_next_time_and_says_how_far_it_is()
    {
        await GivenAsync(Events(new Random(5), count: 60), new Random(5));
        _world.Time.Step = TimeSpan.FromMinutes(2);
        var first = await _function.InvokeAsync("""{"step":"feedback"}""");
        Assert.True(first.GetProperty("left").GetInt32() > 0);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("countedThrough").ValueKind);
        _world.Time.Step = TimeSpan.Zero;
        var second = await CountAsync(left: 0);
        Assert.Equal(
            first.GetProperty("left").GetInt32(), second.GetProperty("counted").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, second.GetProperty("countedThrough").ValueKind);
        await AssertSameAsync();
    }

    [Fact]
    public async Task A_damaged_object_stops_its_group_alone()
    {
        await GivenAsync(Events(new Random(7), count: 40), new Random(7));
        var bob = UserBucket.Of(Some.User("bob"));
        var damaged = $"archive/2026/03/13/{bob:x2}/zz.jsonl.gz";
        await _world.PutAsync(damaged, [0x1F, 0x8B, 0, 1]);

        var problem = await Assert.ThrowsAsync<StoredFormatException>(() => CountAsync(left: 1));

        Assert.Contains(damaged, problem.Message, StringComparison.Ordinal);
        Assert.Equal(s_users.Length - 1, (await _world.KeysAsync("feedback/parts/")).Count);
        Assert.Null((await SendAsync(new ShowMetrics(s_through, s_through, []))).CountedThrough);
        await _world.DeleteAsync(damaged);
        Assert.Equal(1, (await CountAsync(left: 0)).GetProperty("counted").GetInt32());
        await AssertSameAsync();
    }

    [Fact]
    public async Task Days_are_final_when_they_are_over_and_counted()
    {
        await GivenAsync(Events(new Random(6), count: 20), new Random(6));
        await CountAsync(left: 0);
        Assert.True((await SendAsync(new ShowMetrics(s_through.AddDays(-9), s_through.AddDays(-1), []))).IsFinal);
        Assert.False((await SendAsync(new ShowMetrics(s_through.AddDays(-9), s_through, []))).IsFinal);
        // Over, and not counted.
        _world.Time.Advance(TimeSpan.FromDays(1));
        Assert.False((await SendAsync(new ShowMetrics(s_through.AddDays(-9), s_through, []))).IsFinal);
        await CountAsync(left: 0);
        var table = await SendAsync(new ShowMetrics(s_through.AddDays(-9), s_through, []));
        Assert.True(table.IsFinal);
        Assert.Equal(_world.Time.GetUtcNow().AddMinutes(-25), table.CountedThrough);
    }

    private async Task<JsonElement> CountAsync(int left)
    {
        var answer = await _function.InvokeAsync("""{"step":"feedback"}""");
        Assert.Equal(left, answer.GetProperty("left").GetInt32());
        return answer;
    }

    private async Task AssertSameAsync()
    {
        Assert.NotEqual("", await TableAsync(SendAsync));
        Assert.Equal(await TableAsync(_machine.SendAsync), await TableAsync(SendAsync));
    }

    private async Task EraseAsync(string user)
    {
        await SendAsync(new RequestErasure(Some.User(user)));
        var answer = await _function.InvokeAsync("""{"step":"erase"}""");
        // It waits for its sweep.
        Assert.Equal(1, answer.GetProperty("open").GetInt32());
        await _machine.SendAsync(new ForgetUser(Some.User(user)));
        _world.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<string> OutputsAsync()
    {
        var text = new StringBuilder();
        foreach (var key in await _world.KeysAsync("feedback/parts/"))
        {
            using var gzip = new System.IO.Compression.GZipStream(
                new MemoryStream((await _world.ContentAsync(key))!), System.IO.Compression.CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }

    /// <summary>
    /// The archive gets the events, with copies under other positions and objects delivered twice; one machine gets
    /// them in the order of their arrival.
    /// </summary>
    private async Task GivenAsync(IReadOnlyList<Interaction> events, Random random)
    {
        var arrived = new List<Interaction>();
        foreach (var one in events)
        {
            arrived.Add(WithPosition(one, random));
            if (one.EventId is not null && random.Next(4) == 0)
                arrived.Add(WithPosition(one with { ArrivedAt = one.ArrivedAt.AddSeconds(1) }, random));
        }
        foreach (var batch in arrived.Chunk(9))
        {
            await _world.GivenDeliveredAsync(batch);
            if (random.Next(3) == 0)
                await _world.GivenDeliveredAsync([.. batch.Take(2)]);
        }
        foreach (var one in arrived.OrderBy(one => one.ArrivedAt))
            await _machine.AppendAsync(one);
    }

    private Interaction WithPosition(Interaction one, Random random) => one with
    {
        Position = Some.Position(++_sequence, random.Next(3), one.UserId.Value is "ann" ? "shard-1" : "shard-2"),
    };

    private List<Interaction> Events(Random random, int count, DateTimeOffset? at = null)
    {
        var start = at ?? HurryingTime.Start.AddDays(-1);
        var lists = s_users.ToDictionary(
            user => user,
            user => Enumerable.Range(0, 3).Select(_ => ListOf(user, start, random)).ToList());
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var user = s_users[random.Next(s_users.Length)];
            RecommendationId? list = random.Next(2) == 0 ? null : lists[user][random.Next(3)];
            var type = InteractionType.Parse(s_types[random.Next(s_types.Length)]);
            return Some.Interaction(user, $"i{random.Next(3)}") with
            {
                // The ids of events have no part in what is compared.
                EventId = random.Next(5) == 0 ? null : EventId.Parse($"{start:O}-{i}"),
                Type = type,
                OccurredAt = start.AddMinutes(-random.Next(20 * 24 * 60)),
                ArrivedAt = start.AddSeconds(i * 2),
                RecommendationId = list,
                Value = type == InteractionType.Purchase ? random.Next(1, 10_000) / 100d : null,
                Currency = type == InteractionType.Purchase ? CurrencyCode.Of("EUR") : null,
            };
        })];
    }

    private RecommendationId ListOf(string user, DateTimeOffset at, Random random) => _machine.Key.Sign(
        new RecommendationId
        {
            Key = 0,
            Configuration = (uint)random.Next(1, 3),
            Source = random.Next(2) == 0 ? ServedSource.Batch : ServedSource.Realtime,
            Minute = RecommendationId.MinuteOf(at.AddDays(-random.Next(20))),
            UserHash = RecommendationId.HashOf(Some.User(user)),
            Nonce = (uint)random.Next(),
        });

    private async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = _function.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>Every figure of every group, as text.</summary>
    private static async Task<string> TableAsync(Func<ShowMetrics, Task<MetricTable>> send, bool isWithUsers = true)
    {
        var through = s_through.AddDays(9);
        var text = new StringBuilder();
        foreach (var by in (MetricDimension[][])[[], [MetricDimension.Day, MetricDimension.Type]])
        {
            foreach (var row in (await send(new ShowMetrics(through.AddDays(-60), through, by))).Rows)
            {
                var revenue = string.Join(' ', row.Revenue.Select(one => $"{one.Amount}{one.Currency}"));
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{string.Join(' ', row.Group)}: {row.Lists} {row.Impressions} {row.Clicks} {row.Conversions} "
                        + $"{revenue} {row.Items} {row.Novelty:f9} {row.RepeatRate:f9}");
                if (isWithUsers)
                    text.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"{row.Users} {row.CtrInterval?.Lower:f9} {row.ConversionRateInterval?.Upper:f9}");
            }
        }
        return text.ToString();
    }

    /// <summary>One machine.</summary>
    private sealed class Machine : IAsyncDisposable
    {
        private readonly ServiceProvider _services;

        private Machine(TimeProvider time, RecommendationIdKey key)
        {
            Key = key;
            var services = new ServiceCollection();
            services.AddRecommendation().UseInMemory();
            services.AddSingleton(time).AddSingleton<IRecommendationIdKeys>(new Keys(key));
            _services = services.BuildServiceProvider();
        }

        internal RecommendationIdKey Key { get; }

        internal static Machine With(TimeProvider time, RecommendationIdKey key) => new(time, key);

        internal async Task<T> SendAsync<T>(IRequest<T> request)
        {
            await using var scope = _services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        }

        internal Task<AppendedInteractions> AppendAsync(Interaction one) => SendAsync(new AppendInteractions(
        [
            new IncomingEvent
            {
                Event = new RawInteraction
                {
                    EventId = one.EventId?.Value,
                    UserId = one.UserId.Value,
                    ItemId = one.ItemId.Value,
                    InteractionType = one.Type.Value,
                    Timestamp = Timestamps.Format(one.OccurredAt),
                    Value = one.Value?.ToString(CultureInfo.InvariantCulture),
                    Currency = one.Currency?.Value,
                    RecommendationId = one.RecommendationId?.ToString(),
                },
                Source = new Position("test", SequenceNumber.From(1)),
            },
        ]));

        public ValueTask DisposeAsync() => _services.DisposeAsync();

        private sealed class Keys(RecommendationIdKey key) : IRecommendationIdKeys
        {
            public Task<RecommendationIdKey> KeyAsync(CancellationToken cancellationToken) => Task.FromResult(key);
        }
    }
}
