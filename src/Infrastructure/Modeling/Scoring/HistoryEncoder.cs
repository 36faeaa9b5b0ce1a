using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Scoring;

/// <summary>
/// Converts a user's history to the weighted items that the scorer takes, as <see cref="HistoryBuilder"/> adds them up,
/// with the event type weights that the model was trained with. A disliked item lowers the scores of similar items.
/// Ages are relative to the newest entry, because a common factor does not change the ranking. Items that the model
/// does not know are skipped.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="current">The current settings. They decide which types hide an item.</param>
internal sealed class HistoryEncoder(ItemModel model, EventTypeSettings current)
{
    private readonly HistoryBuilder _builder = new(model.Scoring.WeightCap);
    private readonly List<WeighedEvent> _events = [];
    private readonly List<int> _hidden = [];

    /// <summary>
    /// The items of the history that must not be recommended again. The span is valid until the next call.
    /// </summary>
    public ReadOnlySpan<int> Hidden => CollectionsMarshal.AsSpan(_hidden);

    /// <summary>Reads a history.</summary>
    /// <returns>Each known item with a weight once. The span is valid until the next call.</returns>
    public Span<HistoryItem> Read(UserHistory history)
    {
        Weigh(history.Entries);
        _builder.Begin();
        for (var place = 0; place < _events.Count; place++)
        {
            var (item, _, weight) = _events[place];
            if (weight != 0)
                _builder.Add(
                    item,
                    weight,
                    model.Scoring.Recency,
                    (history[0].At - history[place].At).Ticks / TimeSpan.TicksPerMillisecond
                );
        }
        return _builder.End();
    }

    private void Weigh(ReadOnlySpan<HistoryEntry> history)
    {
        _events.Clear();
        _hidden.Clear();
        var types = model.EventTypes;
        var cancels = false;
        foreach (ref readonly var one in history)
        {
            if (!model.TryFind(one.ItemId, out var item))
            {
                _events.Add(default);
                continue;
            }
            _events.Add(new(item, types.Canonical(one.Type), one.WeightBy(types)));
            if (current.Hides(one.Type))
                _hidden.Add(item);
            cancels |= types.HasCancellations && types.CancelledBy(one.Type) is not null;
        }
        if (cancels)
            WeighedEvent.CancelInAnyOrder(CollectionsMarshal.AsSpan(_events), types);
    }
}
