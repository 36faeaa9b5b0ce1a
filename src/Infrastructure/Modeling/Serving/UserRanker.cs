using System.Runtime.InteropServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// Ranks one user after another with a model. It reuses its working memory, so each thread needs its own instance.
/// </summary>
/// <param name="rankable">The model.</param>
/// <param name="current">The current settings. They decide which types hide an item.</param>
internal sealed class UserRanker(RankableModel rankable, EventTypeSettings current)
{
    private readonly HistoryEncoder _histories = new(rankable.Model, current);
    private readonly List<int> _masked = [];
    private ScoredItem[] _answer = [];

    public Ranking Rank(RankUser user)
    {
        var answer = Best(user);
        if (!answer.IsEmpty)
            return new Ranking(user.UserId, RankingKind.Ranked, ToItems(answer));
        // The model may know the history, and none of the items that are wanted to go with it.
        return user.Among is not null && user.Count > 0 && !Best(user with { Among = null, Count = 1 }).IsEmpty
            ? new Ranking(user.UserId, RankingKind.Ranked, RankedItems.None)
            : new Ranking(user.UserId, RankingKind.Popular, Popular(user));
    }

    /// <summary>
    /// The best items, largest score first. Empty if the model knows no item of the history. The span is valid until
    /// the next call.
    /// </summary>
    public ReadOnlySpan<ScoredItem> Best(RankUser user)
    {
        RequireCount(user);
        var history = _histories.Read(user.History);
        Mask(user);
        var among = AmongOf(user);
        var wanted = Math.Min(user.Count, among?.Count ?? rankable.Model.Items.Length);
        if (_answer.Length < wanted)
            _answer = new ScoredItem[wanted];
        var answer = _answer.AsSpan(0, wanted);
        var masked = CollectionsMarshal.AsSpan(_masked);
        return answer[..(among is null
            ? rankable.Scorer.Score(history, masked, answer)
            : rankable.Scorer.Score(history, masked, answer, CollectionsMarshal.AsSpan(among)))];
    }

    /// <summary>The popular items, for who gets none of the model's.</summary>
    public RankedItems Popular(RankUser user) =>
        rankable.Popular.Top(user.Count, user.Masked(current), user.Among);

    /// <exception cref="RefusedException">The requested number of items is negative.</exception>
    public static void RequireCount(RankUser user)
    {
        if (user.Count < 0)
            throw new RefusedException($"{user.Count} items were asked for; ask for 0 or more.");
    }

    private void Mask(RankUser user)
    {
        _masked.Clear();
        if (!user.AllowRepeats)
            _masked.AddRange(_histories.Hidden);
        foreach (var id in user.Exclude)
        {
            if (rankable.Model.TryFind(id, out var item))
                _masked.Add(item);
        }
    }

    /// <returns>The numbers of the only items that are wanted, ascending; null for any.</returns>
    private List<int>? AmongOf(RankUser user)
    {
        if (user.Among is null)
            return null;
        var among = new List<int>(user.Among.Count);
        foreach (var id in user.Among)
        {
            if (rankable.Model.TryFind(id, out var item))
                among.Add(item);
        }
        among.Sort();
        return among;
    }

    private RankedItems ToItems(ReadOnlySpan<ScoredItem> answer)
    {
        var items = new RankedItem[answer.Length];
        for (var i = 0; i < items.Length; i++)
        {
            ref readonly var scored = ref answer[i];
            var because = new ItemId[scored.Because.Count];
            for (var reason = 0; reason < because.Length; reason++)
                because[reason] = rankable.Model.Items[scored.Because[reason]];
            items[i] = new RankedItem(rankable.Model.Items[scored.Item], Score.Of(scored.Score), because);
        }
        // In the order of the scorer, whose scores are not rounded: so a longer list begins with the shorter one.
        return RankedItems.FromStored(items);
    }
}
