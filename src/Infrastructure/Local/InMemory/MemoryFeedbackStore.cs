using Recommendation.Application.Erasures;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.InMemory;

/// <summary>The count of feedback in memory.</summary>
internal sealed class MemoryFeedbackStore : IFeedbackStore, IFeedbackCounts, IErasable
{
    private readonly Lock _gate = new();
    private readonly List<FeedbackEvent> _events = [];
    private readonly List<(SeenListId List, Position Position)> _lists = [];
    private readonly Dictionary<(UserId, FeedbackKey), FeedbackSum> _users = [];
    private readonly Dictionary<(ItemId, FeedbackKey), FeedbackSum> _items = [];
    private readonly Dictionary<(ItemId? Item, FeedbackKey Key), FeedbackSum> _erased = [];
    private FeedbackProgress _progress = new(Through: null, "", Erasures: 0);
    private TimeSpan _window;

    public Task<FeedbackProgress> ProgressAsync(CancellationToken cancellationToken) =>
        _gate.Do(() => _progress, cancellationToken);

    public Task<KnownFeedback> LoadAsync(
        IReadOnlyCollection<FeedbackPair> pairs, IReadOnlyCollection<SeenListId> lists,
        CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                var wanted = pairs.ToHashSet();
                var known = _lists.Select(one => one.List).ToHashSet();
                return new KnownFeedback(
                    [.. _events.Where(one => wanted.Contains(new(one.User, one.Item)))],
                    lists.Where(known.Contains).ToHashSet());
            },
            cancellationToken
        );

    public Task<bool> SaveAsync(FeedbackChange change, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                if (_progress != change.Expected)
                    return false;
                _events.AddRange(change.Events);
                _lists.AddRange(change.Lists);
                Add(_users, change.Users);
                Add(_items, change.Items);
                _progress = _progress with { Through = change.Through };
                return true;
            },
            cancellationToken
        );

    public Task ResetAsync(string settings, TimeSpan window, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                _events.Clear();
                _lists.Clear();
                _users.Clear();
                _items.Clear();
                foreach (var (key, sum) in _erased.Where(one => one.Key.Item is not null))
                    _items[(key.Item!.Value, key.Key)] = sum;
                _progress = new FeedbackProgress(Through: null, settings, _progress.Erasures);
                _window = window;
                return true;
            },
            cancellationToken
        );

    public async IAsyncEnumerable<UserFeedbackSum> ReadUsersAsync(
        DateOnly from, DateOnly through,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await _gate.Do(
            () => _users
                .OrderBy(one => one.Key.Item1.Value, StringComparer.Ordinal)
                .Select(one => new UserFeedbackSum(one.Key.Item1, one.Key.Item2, one.Value))
                .Concat(_erased.Select(one => new UserFeedbackSum(User: null, one.Key.Key, one.Value)))
                .Where(one => one.Key.Day >= from && one.Key.Day <= through && one.Sum != default)
                .ToList(),
            cancellationToken);
        foreach (var row in rows)
            yield return row;
    }

    public async IAsyncEnumerable<ItemFeedbackSum> ReadItemsAsync(
        DateOnly from, DateOnly through,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = await _gate.Do(
            () => _items
                .Select(one => new ItemFeedbackSum(one.Key.Item1, one.Key.Item2, one.Value))
                .Where(one => one.Key.Day >= from && one.Key.Day <= through && one.Sum != default)
                .OrderBy(one => one.Item)
                .ToList(),
            cancellationToken);
        foreach (var row in rows)
            yield return row;
    }

    public string Place => PersonalDataPlaces.Feedback;

    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        _gate.Do(() => Erase(work), cancellationToken);

    private ErasedPart Erase(ErasureWork work)
    {
        var events = _events.FindAll(one => one.User == work.User);
        var lists = _lists.FindAll(one => one.List.User == work.User);
        bool IsErased(Position position) => work.Boundary.Covers(position, DateTimeOffset.MaxValue);
        var erasure = new FeedbackErasure(events, lists, IsErased, _window);
        var removed = _events.RemoveAll(one => one.User == work.User && IsErased(one.Position))
            + _lists.RemoveAll(one => one.List.User == work.User && IsErased(one.Position));
        foreach (var key in _users.Keys.Where(key => key.Item1 == work.User).ToList())
            _users.Remove(key);
        Add(_users, erasure.Kept);
        Add(_items, erasure.Changed);
        Add(_erased, erasure.Erased.ToDictionary(one => ((ItemId?)one.Key.Item, one.Key.Key), one => one.Value));
        Add(_erased, erasure.ErasedLists.ToDictionary(one => ((ItemId?)null, one.Key), one => one.Value));
        // A batch that was read before must not be saved after.
        _progress = _progress with { Erasures = _progress.Erasures + 1 };
        return new ErasedPart(removed);
    }

    private static void Add<T>(Dictionary<T, FeedbackSum> sums, IReadOnlyDictionary<T, FeedbackSum> added)
        where T : notnull
    {
        foreach (var (key, sum) in added)
            sums[key] = sums.GetValueOrDefault(key) + sum;
    }
}
