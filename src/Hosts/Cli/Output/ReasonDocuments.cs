using Recommendation.Application.Recommendations;
using Recommendation.Domain;

namespace Recommendation.Cli.Output;

internal sealed record ExplanationDocument(
    string UserId,
    string ItemId,
    string? Title,
    string Outcome,
    string Sentence,
    string? ModelVersion,
    double? Score,
    int? Place,
    IReadOnlyList<ContributionDocument> Contributions
);

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
);

internal sealed record PreviewDocument(
    string UserId,
    string ItemId,
    string? Title,
    string InteractionType,
    string? ModelVersion,
    IReadOnlyList<PlaceDocument> Before,
    IReadOnlyList<PlaceDocument> After,
    IReadOnlyList<ChangeDocument> Changes
);

internal sealed record PlaceDocument(string ItemId, string? Title, double Score);

internal sealed record ChangeDocument(string ItemId, string? Title, int? From, int? To);

/// <summary>Makes the documents of explanations and previews.</summary>
internal static class ReasonDocuments
{
    internal static ExplanationDocument ToDocument(this ExplainedItem explained) =>
        new(
            explained.User.Value,
            explained.Item.ItemId.Value,
            explained.Item.Title,
            ToText(explained.Outcome),
            explained.Sentence,
            explained.Model?.Value,
            explained.Score?.Value,
            explained.Place,
            [
                .. explained.Contributions.Select(one => new ContributionDocument(
                    one.Source.ItemId.Value,
                    one.Source.Title,
                    one.Events,
                    one.LastType.Value,
                    Timestamps.Format(one.LastAt),
                    one.HistoryWeight,
                    one.ItemWeight,
                    one.Amount,
                    one.Shares
                )),
            ]
        );

    internal static PreviewDocument ToDocument(this PreviewedEvent preview) =>
        new(
            preview.User.Value,
            preview.Item.ItemId.Value,
            preview.Item.Title,
            preview.Type.Value,
            preview.Model?.Value,
            [.. preview.Before.Select(ToPlace)],
            [.. preview.After.Select(ToPlace)],
            [
                .. preview.Changes.Select(change => new ChangeDocument(
                    change.Item.ItemId.Value,
                    change.Item.Title,
                    change.From,
                    change.To
                )),
            ]
        );

    private static PlaceDocument ToPlace(ShownItem item) => new(item.ItemId.Value, item.Title, item.Score.Value);

    private static string ToText(ExplainedOutcome outcome) => outcome switch
    {
        ExplainedOutcome.Listed => "listed",
        ExplainedOutcome.Unrelated => "unrelated",
        ExplainedOutcome.Seen => "seen",
        ExplainedOutcome.Unavailable => "unavailable",
        ExplainedOutcome.UnknownItem => "unknown-item",
        _ => "popular",
    };
}
