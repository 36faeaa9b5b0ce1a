using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Feedback;

/// <summary>
/// What the erasure of a user changes: what identifies the user goes, and the sums stay without the user. What came
/// after the erasure is attributed anew, since its lists are gone.
/// </summary>
public sealed class FeedbackErasure
{
    private readonly FeedbackSums _kept = new();
    private readonly FeedbackSums _erased = new();
    private readonly FeedbackSums _changed = new();
    private readonly Dictionary<FeedbackKey, FeedbackSum> _erasedLists = [];

    /// <param name="events">All events that are remembered of the user.</param>
    /// <param name="lists">All lists of the user, with the position of the impression that counted them.</param>
    /// <param name="isErased">Whether a position is covered.</param>
    /// <param name="window">How long before an event its list may have been seen.</param>
    public FeedbackErasure(
        IReadOnlyList<FeedbackEvent> events,
        IReadOnlyList<(SeenListId List, Position Position)> lists,
        Func<Position, bool> isErased,
        TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(lists);
        foreach (var pair in events.GroupBy(one => new FeedbackPair(one.User, one.Item)))
        {
            _erased.Add(pair.Key, pair.Where(one => isErased(one.Position)), window, sign: 1);
            _kept.Add(pair.Key, pair.Where(one => !isErased(one.Position)), window, sign: 1);
            _changed.Add(pair.Key, pair, window, sign: -1);
            _changed.Add(pair.Key, pair.Where(one => isErased(one.Position)), window, sign: 1);
            _changed.Add(pair.Key, pair.Where(one => !isErased(one.Position)), window, sign: 1);
        }
        foreach (var (list, position) in lists)
        {
            var key = FeedbackKey.OfList(list.List);
            if (isErased(position))
                _erasedLists[key] = _erasedLists.GetValueOrDefault(key) + new FeedbackSum(1, 0);
            else
                _kept.Add(list);
        }
    }

    /// <summary>The sums of the user from now on, in place of those of before.</summary>
    public IReadOnlyDictionary<(UserId User, FeedbackKey Key), FeedbackSum> Kept => _kept.Users;

    /// <summary>What to add to the sums of erased users, by item.</summary>
    public IReadOnlyDictionary<(ItemId Item, FeedbackKey Key), FeedbackSum> Erased => _erased.Items;

    /// <summary>What to add to the sums of erased users: their lists.</summary>
    public IReadOnlyDictionary<FeedbackKey, FeedbackSum> ErasedLists => _erasedLists;

    /// <summary>What to add to the sums of items: an event that lost its list counts without one.</summary>
    public IReadOnlyDictionary<(ItemId Item, FeedbackKey Key), FeedbackSum> Changed => _changed.Items;
}
