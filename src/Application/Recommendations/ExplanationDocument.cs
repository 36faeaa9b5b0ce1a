using System.Text.Json.Serialization;
using Recommendation.Domain;

namespace Recommendation.Application.Recommendations;

/// <summary>Why an item is, or is not, recommended to a user.</summary>
/// <param name="Outcome"><c>listed</c>, <c>unrelated</c>, <c>seen</c>, <c>variant</c>, <c>unavailable</c>,
/// <c>unknown-item</c> or <c>popular</c>.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Score">The sum of the amounts, and of <c>deletedAmount</c>; null where no score is made of the
/// history.</param>
/// <param name="Place">The item's place in the list, from 1; null where it is not in it.</param>
/// <param name="Contributions">Of each item of the history that says anything of it, greatest first.</param>
public sealed record ExplanationDocument(
    string UserId,
    string ItemId,
    string? Title,
    string Outcome,
    string Sentence,
    string? ModelVersion,
    double? Score,
    int? Place,
    IReadOnlyList<ContributionDocument> Contributions
)
{
    /// <summary>
    /// What items of the history add that were deleted from the catalogue, which are not named; absent if there are
    /// none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? DeletedAmount { get; init; }

    /// <param name="explained">The explanation.</param>
    public static ExplanationDocument From(ExplainedItem explained)
    {
        ArgumentNullException.ThrowIfNull(explained);
        return new(
            explained.User.Value,
            explained.Item.ItemId.Value,
            explained.Item.Title,
            OutcomeOf(explained.Outcome),
            explained.Sentence,
            explained.Model?.Value,
            explained.Score?.Value,
            explained.Place,
            [.. explained.Contributions.Select(ContributionDocument.From)]
        )
        {
            DeletedAmount = explained.DeletedAmount == 0 ? null : explained.DeletedAmount,
        };
    }

    private static string OutcomeOf(ExplainedOutcome outcome) => outcome switch
    {
        ExplainedOutcome.UnknownItem => "unknown-item",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}

/// <summary>What an item of the history adds to a score.</summary>
/// <param name="Amount">Its share: all amounts add up to the score.</param>
/// <param name="Shares">What both items say of themselves, in words.</param>
public sealed record ContributionDocument(
    string ItemId,
    string? Title,
    int Events,
    string LastType,
    string LastAt,
    double HistoryWeight,
    double ItemWeight,
    decimal Amount,
    IReadOnlyList<string> Shares
)
{
    internal static ContributionDocument From(ExplainedContribution one) =>
        new(
            one.Source.ItemId.Value,
            one.Source.Title,
            one.Events,
            one.LastType.Value,
            Timestamps.Format(one.LastAt),
            one.HistoryWeight,
            one.ItemWeight,
            one.Amount,
            one.Shares
        );
}

/// <summary>An item's place in both lists, from 1; null where it is not in one.</summary>
public sealed record PlaceChangeDocument(string ItemId, string? Title, int? From, int? To)
{
    /// <param name="change">How the item moves.</param>
    public static PlaceChangeDocument Of(PlaceChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(change.Item.ItemId.Value, change.Item.Title, change.From, change.To);
    }
}
