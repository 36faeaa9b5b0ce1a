using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>Why an item is, or is not, recommended to a user.</summary>
/// <param name="User">The user.</param>
/// <param name="Item">The item, with its title where the catalogue has one.</param>
/// <param name="Model">The model that says so; null where there is none yet.</param>
/// <param name="Outcome">What would become of the item.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Score">The score; null where no score is made of the history.</param>
/// <param name="Place">The item's place in the list, from 1; null where it is not in it.</param>
/// <param name="Contributions">What the score is made of, greatest first; with <see cref="DeletedAmount"/> the amounts
/// add up to it exactly.</param>
public sealed record ExplainedItem(
    UserId User,
    TitledItem Item,
    ModelVersion? Model,
    ExplainedOutcome Outcome,
    string Sentence,
    Score? Score,
    int? Place,
    IReadOnlyList<ExplainedContribution> Contributions
)
{
    /// <summary>What the items of the history add that were deleted from the catalogue, which are not named.</summary>
    public decimal DeletedAmount { get; init; }
}

/// <summary>What becomes of an item in a user's list.</summary>
public enum ExplainedOutcome
{
    /// <summary>It is in the list.</summary>
    Listed,

    /// <summary>Nothing in the history speaks for it.</summary>
    Unrelated,

    /// <summary>Left out, since the user interacted with it already.</summary>
    Seen,

    /// <summary>Left out, since another variant of the same product is in the list.</summary>
    Variant,

    /// <summary>Left out, since the catalogue says that it is not available.</summary>
    Unavailable,

    /// <summary>The model does not know the item.</summary>
    UnknownItem,

    /// <summary>
    /// The user gets the popular items, since there is no history that the model knows, or no model; or this one, which
    /// fills up the list.
    /// </summary>
    Popular,
}

/// <summary>What an item of the history adds to a score.</summary>
/// <param name="Source">The item of the history, with its title where the catalogue has one.</param>
/// <param name="Events">How many interactions with it the profile remembers.</param>
/// <param name="LastType">The type of the newest.</param>
/// <param name="LastAt">When that was (UTC).</param>
/// <param name="HistoryWeight">What the item weighs in the history; negative where it is disliked.</param>
/// <param name="ItemWeight">What it says of the item explained.</param>
/// <param name="Amount">Their product, rounded so that all amounts add up to the score.</param>
public sealed record ExplainedContribution(
    TitledItem Source,
    int Events,
    InteractionType LastType,
    DateTimeOffset LastAt,
    double HistoryWeight,
    double ItemWeight,
    decimal Amount
)
{
    /// <summary>
    /// What the item says of itself that the explained item says, too, in words; those first that count most. Empty
    /// where the model has no content, or where they have nothing in common.
    /// </summary>
    public IReadOnlyList<string> Shares { get; init; } = [];
}
