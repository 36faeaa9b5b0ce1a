using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Scoring;

/// <summary>
/// Turns what a profile remembers into what the scorer takes, as <see cref="HistoryBuilder"/> adds it up. A disliked item lowers
/// the scores of what resembles it. Ages are counted from the newest of the history, since what all lose alike changes no order.
/// Items that the model does not know are skipped.
/// </summary>
internal sealed class HistoryReader(ItemModel model, EventTypeSettings weights)
{
    private readonly HistoryBuilder _builder = new(model.Scoring.WeightCap);

    /// <summary>Reads a history.</summary>
    /// <param name="recent">Newest first.</param>
    /// <returns>Each known item once; valid until the next call.</returns>
    public Span<HistoryItem> Read(IReadOnlyList<RecentInteraction> recent)
    {
        _builder.Begin();
        for (var place = 0; place < recent.Count; place++)
        {
            var one = recent[place];
            if (model.TryFind(one.ItemId, out var item))
                _builder.Add(item, weights.Of(one.Type), model.Scoring.Recency, (recent[0].At - one.At).Ticks / TimeSpan.TicksPerMillisecond);
        }
        return _builder.End();
    }
}
