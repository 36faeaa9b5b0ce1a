using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Scoring;

/// <summary>
/// Turns what a profile remembers into what the scorer takes: <c>q_h = Σ w_type · δ^position · 2^(-age/H)</c>, at most the cap,
/// and at least minus the cap. A disliked item so lowers the scores of what resembles it. Items that the model does not know
/// are skipped.
/// </summary>
internal sealed class HistoryReader(ItemModel model, InteractionWeights weights)
{
    private readonly Dictionary<int, int> _places = [];
    private readonly List<HistoryItem> _history = [];

    /// <summary>Reads a history.</summary>
    /// <param name="recent">Newest first.</param>
    /// <param name="now">The time from which ages are counted.</param>
    /// <returns>Each known item once; valid until the next call.</returns>
    public Span<HistoryItem> Read(IReadOnlyList<RecentInteraction> recent, DateTimeOffset now)
    {
        _places.Clear();
        _history.Clear();
        var (cap, positionDecay, halfLifeDays) = model.Scoring;
        for (var position = 0; position < recent.Count; position++)
        {
            var one = recent[position];
            if (!model.TryFind(one.ItemId, out var item))
                continue;
            var weight = weights.Of(one.Type)
                * (positionDecay < 1 ? Math.Pow(positionDecay, position) : 1)
                * Decay.Of((now - one.At).Ticks / TimeSpan.TicksPerMillisecond, halfLifeDays);
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, item, out var known);
            if (!known)
            {
                place = _history.Count;
                _history.Add(new(item, 0));
            }
            _history[place] = new(item, _history[place].Weight + (float)weight);
        }
        var history = CollectionsMarshal.AsSpan(_history);
        foreach (ref var one in history)
            one = one with { Weight = (float)Math.Clamp(one.Weight, -cap, cap) };
        return history;
    }
}
