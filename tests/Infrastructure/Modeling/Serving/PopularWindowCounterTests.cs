using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Tests.Serving;

/// <summary>Counting by parts of the users gives what following the log gives.</summary>
public sealed class PopularWindowCounterTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan[] s_windows =
    [
        TimeSpan.FromHours(1),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(30),
    ];

    [Fact]
    public async Task Each_window_is_what_the_followed_log_counts()
    {
        var random = new Random(7);
        string[] types = ["view", "purchase", "dislike", "click"];
        var events = Enumerable.Range(1, 3000).Select(i => Some.Interaction(
            $"u{random.Next(80)}", $"i{random.Next(40)}", types[random.Next(types.Length)],
            Some.Noon.AddMinutes(-Math.Pow(random.NextDouble(), 3) * 60 * 24 * 40)) with
        { Position = new Position("p", SequenceNumber.From(i)) }).ToList();
        var log = new ListedLog(events);
        using var followed = new WindowedPopularity(
            log,
            EventTypeSettings.Default,
            Options.Create(new ModelRankerOptions { WindowAge = TimeSpan.Zero }),
            TimeProvider.System
        );
        var counter = new PopularWindowCounter(
            log,
            EventTypeSettings.Default,
            NullLogger<PopularWindowCounter>.Instance
        );

        var counted = await counter.CountAsync(s_windows, Some.Noon, None);

        for (var window = 0; window < s_windows.Length; window++)
        {
            Assert.NotEmpty(counted[window]);
            Assert.Equal(await followed.RankAsync(s_windows[window], Some.Noon, None), counted[window]);
        }
        Assert.Equal(
            Enumerable.Range(0, UserBucket.Count),
            log.Read.SelectMany(parts => Enumerable.Range(parts.First, parts.Count))
        );
    }

    private sealed class ListedLog(List<Interaction> events) : IInteractionLog, IUserLog
    {
        public List<LogParts> Read { get; } = [];

        public int Parts => UserBucket.Count;

        public int PartOf(UserId user) => UserBucket.Of(user);

        public IAsyncEnumerable<Interaction> ReadAsync(LogParts parts, CancellationToken cancellationToken)
        {
            Read.Add(parts);
            return events.Where(one => parts.Has(PartOf(one.UserId))).ToAsyncEnumerable();
        }

        public IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken) =>
            events
                .Where(one => after is not { } position || one.Position.CompareWithin(position) > 0)
                .ToAsyncEnumerable();

        public Task<bool> CompactAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<AppendOutcome>> AppendAsync(
            IReadOnlyList<Interaction> interactions,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
