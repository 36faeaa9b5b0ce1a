using Recommendation.Application.Recommendations;
using Recommendation.Domain;

namespace Recommendation.AdminApi.Users;

/// <summary>Why an item is, or is not, offered to a user.</summary>
/// <param name="Outcome"><c>listed</c>, <c>unrelated</c>, <c>seen</c>, <c>unavailable</c>, <c>unknown-item</c> or <c>popular</c>.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Score">The score; null where none is made of the history.</param>
/// <param name="Place">The item's place in the list, from 1; null where it is not in it.</param>
/// <param name="Contributions">What the score is made of, greatest first; the amounts add up to it exactly.</param>
internal sealed record ExplanationDocument(
    string UserId, string ItemId, string? Title, string Outcome, string Sentence, string? ModelVersion, double? Score, int? Place,
    IReadOnlyList<ContributionDocument> Contributions)
{
    internal static ExplanationDocument From(ExplainedItem explained) => new(
        explained.User.Value, explained.Item.ItemId.Value, explained.Item.Title, ToText(explained.Outcome), explained.Sentence,
        explained.Model?.Value, explained.Score?.Value, explained.Place, [.. explained.Contributions.Select(ContributionDocument.From)]);

    private static string ToText(ExplainedOutcome outcome) => outcome switch
    {
        ExplainedOutcome.Listed => "listed",
        ExplainedOutcome.Unrelated => "unrelated",
        ExplainedOutcome.Seen => "seen",
        ExplainedOutcome.Unavailable => "unavailable",
        ExplainedOutcome.UnknownItem => "unknown-item",
        ExplainedOutcome.Popular => "popular",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };
}

/// <summary>What an item of the history adds to a score.</summary>
/// <param name="Events">How many interactions with it the profile remembers.</param>
/// <param name="LastType">The type of the newest of them.</param>
/// <param name="HistoryWeight">What the item weighs in the history; negative where it is disliked.</param>
/// <param name="ItemWeight">What it says of the item explained.</param>
/// <param name="Amount">Their product, rounded so that all amounts add up to the score.</param>
internal sealed record ContributionDocument(
    string ItemId, string? Title, int Events, string LastType, string LastAt, double HistoryWeight, double ItemWeight, decimal Amount)
{
    internal static ContributionDocument From(ExplainedContribution one) => new(
        one.Source.ItemId.Value, one.Source.Title, one.Events, one.LastType.Value, Timestamps.Format(one.LastAt),
        one.HistoryWeight, one.ItemWeight, one.Amount);
}

/// <summary>A user's list as it is, and as it would be after one more event.</summary>
/// <param name="Changes">Every item of either list: first those of the new one in its order, then those that would leave.</param>
internal sealed record PreviewDocument(
    string UserId, string ItemId, string? Title, string InteractionType, string? ModelVersion, IReadOnlyList<PlaceDocument> Before,
    IReadOnlyList<PlaceDocument> After, IReadOnlyList<PlaceChangeDocument> Changes)
{
    internal static PreviewDocument From(PreviewedEvent preview) => new(
        preview.User.Value, preview.Item.ItemId.Value, preview.Item.Title, preview.Type.Value, preview.Model?.Value,
        [.. preview.Before.Select(PlaceDocument.From)], [.. preview.After.Select(PlaceDocument.From)],
        [.. preview.Changes.Select(change => new PlaceChangeDocument(change.Item.ItemId.Value, change.Item.Title, change.From, change.To))]);
}

/// <summary>An item of a list.</summary>
internal sealed record PlaceDocument(string ItemId, string? Title, double Score)
{
    internal static PlaceDocument From(ShownItem item) => new(item.ItemId.Value, item.Title, item.Score.Value);
}

/// <summary>An item's place in both lists.</summary>
/// <param name="From">Before, from 1; null where it would enter.</param>
/// <param name="To">Afterwards, from 1; null where it would leave.</param>
internal sealed record PlaceChangeDocument(string ItemId, string? Title, int? From, int? To);
