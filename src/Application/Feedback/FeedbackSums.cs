using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Feedback;

/// <summary>Adds up what counts, by user and by item.</summary>
public sealed class FeedbackSums
{
    private readonly Dictionary<(UserId, FeedbackKey), FeedbackSum> _users = [];
    private readonly Dictionary<(ItemId, FeedbackKey), FeedbackSum> _items = [];

    /// <summary>The sums of users that are not 0.</summary>
    public IReadOnlyDictionary<(UserId User, FeedbackKey Key), FeedbackSum> Users => WithoutZeros(_users);

    /// <summary>The sums of items that are not 0.</summary>
    public IReadOnlyDictionary<(ItemId Item, FeedbackKey Key), FeedbackSum> Items => WithoutZeros(_items);

    /// <param name="pair">The user and the item.</param>
    /// <param name="events">All events of the pair.</param>
    /// <param name="window">How long before an event its list may have been seen.</param>
    /// <param name="sign">1 to add, −1 to take away.</param>
    public void Add(FeedbackPair pair, IEnumerable<FeedbackEvent> events, TimeSpan window, int sign)
    {
        foreach (var (key, sum) in Attribution.Count(events, window))
        {
            var signed = sign < 0 ? -sum : sum;
            _users[(pair.User, key)] = _users.GetValueOrDefault((pair.User, key)) + signed;
            _items[(pair.Item, key)] = _items.GetValueOrDefault((pair.Item, key)) + signed;
        }
    }

    /// <summary>Adds a list that is seen for the first time.</summary>
    public void Add(SeenListId list)
    {
        var key = (list.User, FeedbackKey.OfList(list.List));
        _users[key] = _users.GetValueOrDefault(key) + new FeedbackSum(1, 0);
    }

    private static Dictionary<T, FeedbackSum> WithoutZeros<T>(Dictionary<T, FeedbackSum> sums)
        where T : notnull =>
        sums.Where(one => one.Value != default).ToDictionary(one => one.Key, one => one.Value);
}
