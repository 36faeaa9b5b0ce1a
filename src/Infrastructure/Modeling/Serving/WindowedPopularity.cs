using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// Follows the log by its positions and keeps the interactions of the last 30 days in memory, 24 bytes each. Every
/// window is counted exactly from them. Nothing is stored: a restart reads the log again. A complete read every hour
/// drops what was erased from the log.
/// </summary>
internal sealed class WindowedPopularity(
    IInteractionLog log,
    EventTypeSettings weights,
    IOptions<ModelRankerOptions> options,
    TimeProvider clock
) : IPopularWindows, IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_rebuild = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<TimeSpan, Answer> _answers = [];
    private Followed? _followed;

    /// <inheritdoc/>
    public async Task<RankedItems> RankAsync(TimeSpan window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (window <= TimeSpan.Zero || window > s_longest)
            throw new RefusedException(
                $"A window of {window} can't be counted; give more than nothing and at most 30 days."
            );
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (
                _answers.TryGetValue(window, out var known)
                && known.Now <= now
                && clock.GetElapsedTime(known.At) < options.Value.WindowAge
            )
                return known.Items;
            var at = clock.GetTimestamp();
            var followed = await FollowAsync(now, cancellationToken);
            var items = followed.Count(now - window, now);
            _answers[window] = new(items, now, at);
            return items;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Followed> FollowAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var followed = _followed;
        if (followed is null || now < followed.Since + s_longest || clock.GetElapsedTime(followed.At) >= s_rebuild)
            followed = new Followed(now - s_longest, clock.GetTimestamp());
        _followed = followed;
        await foreach (var one in log.ReadAsync(followed.Last, cancellationToken))
        {
            if (one.OccurredAt > followed.Since)
                followed.Add(one, (float)weights.WeightOf(one.Type, one.Value));
            // Recorded one by one, so that a cancelled read continues where it stopped.
            followed.Last = one.Position;
        }
        return followed;
    }

    /// <summary>What was read of the log.</summary>
    private sealed class Followed(DateTimeOffset since, long at)
    {
        private readonly List<Event> _events = [];
        private readonly Dictionary<ItemId, int> _itemNumbers = [];
        private readonly Dictionary<UserId, int> _userNumbers = [];
        private readonly List<ItemId> _items = [];

        /// <summary>What happened until then is left out.</summary>
        public DateTimeOffset Since { get; } = since;

        public long At { get; } = at;

        /// <summary>The position of the last interaction that was read; null before the first.</summary>
        public Position? Last { get; set; }

        public void Add(Interaction one, float weight)
        {
            if (weight == 0)
                return;
            if (!_itemNumbers.TryGetValue(one.ItemId, out var item))
            {
                _itemNumbers.Add(one.ItemId, item = _items.Count);
                _items.Add(one.ItemId);
            }
            if (!_userNumbers.TryGetValue(one.UserId, out var user))
                _userNumbers.Add(one.UserId, user = _userNumbers.Count);
            _events.Add(new(item, user, one.OccurredAt.ToUnixTimeMilliseconds(), weight));
        }

        public RankedItems Count(DateTimeOffset after, DateTimeOffset through)
        {
            var (from, to) = (after.ToUnixTimeMilliseconds(), through.ToUnixTimeMilliseconds());
            var feedback = new Dictionary<(int Item, int User), ItemFeedback>();
            foreach (ref readonly var one in CollectionsMarshal.AsSpan(_events))
            {
                if (one.Milliseconds <= from || one.Milliseconds > to)
                    continue;
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    feedback,
                    (one.Item, one.User),
                    out var exists
                );
                if (!exists)
                    known = new ItemFeedback();
                known.Add(one.Weight, one.Milliseconds);
            }
            var sums = new double[_items.Count];
            foreach (var (key, one) in feedback)
                sums[key.Item] += one.Weight;
            var greatest = sums.DefaultIfEmpty().Max();
            var liked = Enumerable.Range(0, sums.Length).Where(item => sums[item] > 0)
                .Select(item => new RankedItem(_items[item], Score.Of(sums[item] / greatest)));
            return RankedItems.From(liked, int.MaxValue);
        }

        private readonly record struct Event(int Item, int User, long Milliseconds, float Weight);
    }

    private sealed record Answer(RankedItems Items, DateTimeOffset Now, long At);
}
