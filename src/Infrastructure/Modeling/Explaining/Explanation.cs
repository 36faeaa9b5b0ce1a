using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Explaining;

/// <summary>Why an item has its score.</summary>
/// <param name="Item">The item.</param>
/// <param name="Score">The score: the sum of the contributions. At 0 or below the item is not recommended.</param>
/// <param name="Contributions">Of each item of the history that says anything of it, greatest first.</param>
public sealed record Explanation(ItemId Item, double Score, IReadOnlyList<Contribution> Contributions)
{
    internal static Explanation Of(ItemModel model, UserHistory history, ItemId item)
    {
        var contributions = new List<Contribution>();
        if (model.TryFind(item, out var target))
        {
            foreach (var (source, weight) in new HistoryEncoder(model, model.EventTypes).Read(history))
            {
                if (model.WeightOf(source, target) is not 0 and var said)
                    contributions.Add(new(model.Items[source], weight, said));
            }
        }
        return new(
            item,
            contributions.Sum(one => one.Amount),
            [.. contributions.OrderByDescending(one => one.Amount).ThenBy(one => one.Source)]
        );
    }
}

/// <summary>What one item of a history adds to a score.</summary>
/// <param name="Source">The item of the history.</param>
/// <param name="HistoryWeight">q: what it weighs in the history; negative where it is disliked.</param>
/// <param name="ItemWeight">W: what it says of the item; of itself, what a repeat is worth (ρ).</param>
public sealed record Contribution(ItemId Source, double HistoryWeight, double ItemWeight)
{
    /// <summary>q · W.</summary>
    public double Amount => HistoryWeight * ItemWeight;
}
