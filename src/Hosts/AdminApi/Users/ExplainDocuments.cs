using Recommendation.Application.Recommendations;
using Recommendation.Domain;

namespace Recommendation.AdminApi.Users;

/// <summary>Why an item is, or is not, recommended to a user.</summary>
/// <param name="Outcome"><c>listed</c>, <c>unrelated</c>, <c>seen</c>, <c>unavailable</c>, <c>unknown-item</c> or
/// <c>popular</c>.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Score">The sum of the amounts; null where no score is made of the history.</param>
/// <param name="Place">The item's place in the list, from 1; null where it is not in it.</param>
/// <param name="Contributions">Of each item of the history that says anything of it, greatest first.</param>
internal sealed record ExplainedDocument(
    string UserId,
    string ItemId,
    string? Title,
    string? ModelVersion,
    string Outcome,
    string Sentence,
    double? Score,
    int? Place,
    IReadOnlyList<ContributionDocument> Contributions
)
{
    internal static ExplainedDocument From(ExplainedItem explained) =>
        new(
            explained.User.Value,
            explained.Item.ItemId.Value,
            explained.Item.Title,
            explained.Model?.Value,
            OutcomeOf(explained.Outcome),
            explained.Sentence,
            explained.Score?.Value,
            explained.Place,
            [.. explained.Contributions.Select(ContributionDocument.From)]
        );

    private static string OutcomeOf(ExplainedOutcome outcome) => outcome switch
    {
        ExplainedOutcome.UnknownItem => "unknown-item",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}

/// <summary>What an item of the history adds to a score.</summary>
/// <param name="Amount">Its share: all amounts add up to the score.</param>
/// <param name="Shares">What both items say of themselves, in words.</param>
internal sealed record ContributionDocument(
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

/// <summary>A user's list as it is, and as it would be after one more event.</summary>
internal sealed record PreviewedDocument(
    string UserId,
    string ItemId,
    string? Title,
    string InteractionType,
    string? ModelVersion,
    IReadOnlyList<ListedItemDocument> Before,
    IReadOnlyList<ListedItemDocument> After,
    IReadOnlyList<PlaceChangeDocument> Changes
)
{
    internal static PreviewedDocument From(PreviewedEvent preview) =>
        new(
            preview.User.Value,
            preview.Item.ItemId.Value,
            preview.Item.Title,
            preview.Type.Value,
            preview.Model?.Value,
            [.. preview.Before.Select(item => ListedItemDocument.From(item, explain: true))],
            [.. preview.After.Select(item => ListedItemDocument.From(item, explain: true))],
            [
                .. preview.Changes.Select(change => new PlaceChangeDocument(
                    change.Item.ItemId.Value,
                    change.Item.Title,
                    change.From,
                    change.To
                )),
            ]
        );
}

/// <summary>An item's place in both lists, from 1; null where it is not in one.</summary>
internal sealed record PlaceChangeDocument(string ItemId, string? Title, int? From, int? To);
