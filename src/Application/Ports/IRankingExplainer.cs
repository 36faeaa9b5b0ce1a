using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>Says why an item scores what it does for a history. Reads only.</summary>
public interface IRankingExplainer
{
    /// <param name="user">The history, and what must not be listed.</param>
    /// <param name="item">The item, in the history or not.</param>
    /// <param name="cancellationToken">Stops the explaining.</param>
    /// <returns>Null where there is no model yet.</returns>
    /// <exception cref="RankerUnavailableException">The model can't be had.</exception>
    Task<ScoreExplanation?> ExplainAsync(RankUser user, ItemId item, CancellationToken cancellationToken);
}

/// <summary>A score and what it is made of.</summary>
/// <param name="Model">The model that makes it.</param>
/// <param name="KnowsItem">Whether the model knows the item.</param>
/// <param name="KnowsHistory">Whether the model knows any item of the history; where not, the
/// popular items are shown.</param>
/// <param name="Score">The score, as a list would show it; at 0 or below the item is not listed.</param>
/// <param name="Place">The item's place in the user's list, however long, from 1; null where it is not listed.</param>
/// <param name="Contributions">Of each item of the history that says anything of it, greatest first; they add
/// up to the score.</param>
public sealed record ScoreExplanation(
    ModelVersion Model,
    bool KnowsItem,
    bool KnowsHistory,
    Score Score,
    int? Place,
    IReadOnlyList<ScoreContribution> Contributions
);

/// <summary>What one item of a history adds to a score.</summary>
/// <param name="Source">The item of the history.</param>
/// <param name="HistoryWeight">q: what it weighs in the history; negative where it is disliked.</param>
/// <param name="ItemWeight">W: what it says of the item.</param>
/// <param name="Amount">q · W.</param>
public sealed record ScoreContribution(ItemId Source, double HistoryWeight, double ItemWeight, double Amount);
