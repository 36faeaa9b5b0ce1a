using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Explaining;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Serving;

/// <summary>Explains with the current model, which is the one that the ranker in the process ranks with.</summary>
internal sealed class ModelExplainer(NewItems models, EventTypeSettings types) : IRankingExplainer
{
    /// <inheritdoc/>
    public async Task<ScoreExplanation?> ExplainAsync(RankUser user, ItemId item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var rankable = await models.GetAsync(version: null, cancellationToken);
        return rankable is null ? null : await Task.Run(() => Explain(rankable, user, item), cancellationToken);
    }

    private ScoreExplanation Explain(RankableModel rankable, RankUser user, ItemId item)
    {
        var model = rankable.Model;
        var history = new HistoryEncoder(model, types).Read(user.History).ToArray();
        var explanation = Explanation.Of(model, user.History, item);
        var knowsItem = model.TryFind(item, out var number);
        // By the scorer itself: its sums in 32 bits differ in the last digits from sums of the contributions.
        var score =
            knowsItem
            && Scored(rankable, history, []).FirstOrDefault(one => one.Item == number) is { Score: > 0 } scored
                ? scored.Score
                : Math.Min(0, explanation.Score);
        return new ScoreExplanation(
            model.Version,
            knowsItem,
            history.Length > 0,
            Score.Of(score),
            knowsItem ? PlaceOf(rankable, history, user, number) : null,
            [
                .. explanation.Contributions.Select(one => new ScoreContribution(
                    one.Source,
                    one.HistoryWeight,
                    one.ItemWeight,
                    one.Amount
                )),
            ]
        );
    }

    private int? PlaceOf(RankableModel rankable, HistoryItem[] history, RankUser user, int item)
    {
        var masked = new List<int>();
        foreach (var id in user.Masked(types))
        {
            if (rankable.Model.TryFind(id, out var number))
                masked.Add(number);
        }
        var at = Array.FindIndex(Scored(rankable, history, [.. masked]), one => one.Item == item);
        return at < 0 ? null : at + 1;
    }

    private static ScoredItem[] Scored(RankableModel rankable, HistoryItem[] history, int[] masked)
    {
        var answer = new ScoredItem[rankable.Model.Items.Length];
        return answer[..rankable.Scorer.Score(history, masked, answer)];
    }
}
