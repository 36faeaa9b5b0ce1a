using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Scoring;

/// <summary>
/// Turns what a profile remembers into what the scorer takes: <c>q_h = Σ w_type · δ^position · 2^(-age/H)</c>, at most the cap,
/// and at least minus the cap. A disliked item so lowers the scores of what resembles it. An item's position is
/// its place among the known ones, by its newest interaction; ages are counted from the newest of the history, since what
/// all lose alike changes no order. Items that the model does not know are skipped.
/// </summary>
internal sealed class HistoryReader(ItemModel model, InteractionWeights weights)
{
    private readonly Dictionary<int, int> _places = [];
    private readonly List<HistoryItem> _history = [];

    /// <summary>Reads a history.</summary>
    /// <param name="recent">Newest first.</param>
    /// <returns>Each known item once; valid until the next call.</returns>
    public Span<HistoryItem> Read(IReadOnlyList<RecentInteraction> recent)
    {
        _places.Clear();
        _history.Clear();
        var (cap, recency) = model.Scoring;
        foreach (var one in recent)
        {
            if (!model.TryFind(one.ItemId, out var item))
                continue;
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, item, out var known);
            if (!known)
            {
                place = _history.Count;
                _history.Add(new(item, 0));
            }
            var weight = weights.Of(one.Type) * recency.Of(place, (recent[0].At - one.At).Ticks / TimeSpan.TicksPerMillisecond);
            _history[place] = new(item, _history[place].Weight + (float)weight);
        }
        var history = CollectionsMarshal.AsSpan(_history);
        foreach (ref var one in history)
            one = one with { Weight = (float)Math.Clamp(one.Weight, -cap, cap) };
        return history;
    }
}
