using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Tests.Serving;

/// <summary>Windows hold what users did within them, to the millisecond, as soon as it is in the log.</summary>
public sealed class WindowedPopularityTests : IDisposable
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly IInteractionLog _log = Substitute.For<IInteractionLog>();
    private readonly List<Interaction> _logged = [];
    private readonly List<Position?> _asked = [];
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly WindowedPopularity _windows;

    public WindowedPopularityTests()
    {
        _windows = new(
            _log,
            EventTypeSettings.Default,
            Microsoft.Extensions.Options.Options.Create(new ModelRankerOptions { WindowAge = TimeSpan.Zero }),
            _clock
        );
        _log.ReadAsync(null, default)
            .ReturnsForAnyArgs(call =>
            {
                var after = call.Arg<Position?>();
                _asked.Add(after);
                return Some.Stream(
                    _logged
                        .Where(one => after is null || one.Position.Sequence.CompareTo(after.Value.Sequence) > 0)
                        .ToList()
                );
            });
    }

    [Fact]
    public async Task Users_are_counted_within_the_window_and_nothing_after_now()
    {
        Append(
            Enumerable
                .Range(0, 5_000)
                .Select(second => Some.Interaction("bot", "spam", at: Some.Noon.AddMilliseconds(-second)))
        );
        Append(
            Enumerable
                .Range(0, 40)
                .Select(user => Some.Interaction($"u{user}", "bought", "purchase", Some.Noon.AddMinutes(-59)))
        );
        Append(Enumerable.Range(0, 30).Select(user => Some.Interaction($"u{user}", "bad", "dislike")));
        Append([
            Some.Interaction("v", "edge", at: Some.Noon - s_hour),
            Some.Interaction("v", "soon", at: Some.Noon.AddMilliseconds(1)),
        ]);

        Assert.Equal("bought spam", await Top(s_hour, Some.Noon));
        Assert.Equal("bought edge spam", await Top(TimeSpan.FromDays(1), Some.Noon));
        Assert.Equal("soon spam", await Top(s_hour, Some.Noon.AddMinutes(1)));
    }

    [Fact]
    public async Task Events_count_at_once_and_only_they_are_read()
    {
        Append([Some.Interaction("u", "one")]);
        Assert.Equal("one", await Top(s_hour, Some.Noon));
        Append([Some.Interaction("u", "two"), Some.Interaction("v", "two")]);

        Assert.Equal("two one", await Top(s_hour, Some.Noon));
        Assert.Equal([null, _logged[0].Position], _asked);
    }

    [Fact]
    public async Task A_reading_that_is_cut_off_counts_nothing_twice()
    {
        Append([Some.Interaction("u", "one"), Some.Interaction("v", "two"), Some.Interaction("w", "two", "dislike")]);
        _log.ReadAsync(null, default).ReturnsForAnyArgs(_ => Breaking(2), _ => Some.Stream(_logged.Skip(2)));

        await Assert.ThrowsAsync<LogUnavailableException>(() => Top(s_hour, Some.Noon));

        Assert.Equal("one", await Top(s_hour, Some.Noon));
    }

    [Fact]
    public async Task What_was_erased_from_the_log_is_gone_after_an_hour()
    {
        Append([Some.Interaction("u", "one"), Some.Interaction("v", "two")]);
        Assert.Equal("one two", await Top(TimeSpan.FromDays(1), Some.Noon));
        _logged.RemoveAt(0);

        _clock.Advance(s_hour);

        Assert.Equal("two", await Top(TimeSpan.FromDays(1), Some.Noon.AddHours(1)));
        await Assert.ThrowsAsync<RefusedException>(() => Top(TimeSpan.FromDays(31), Some.Noon));
    }

    public void Dispose() => _windows.Dispose();

    private async IAsyncEnumerable<Interaction> Breaking(int after)
    {
        await Task.Yield();
        foreach (var one in _logged.Take(after))
            yield return one;
        throw new LogUnavailableException("The log is away.");
    }

    private void Append(IEnumerable<Interaction> interactions)
    {
        foreach (var one in interactions)
            _logged.Add(one with { Position = new Position("local", SequenceNumber.From(_logged.Count + 1)) });
    }

    private async Task<string> Top(TimeSpan window, DateTimeOffset now) =>
        string.Join(' ', (await _windows.RankAsync(window, now, CancellationToken.None)).Select(item => item.ItemId));
}
