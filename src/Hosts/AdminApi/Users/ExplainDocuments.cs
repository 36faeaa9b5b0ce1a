using Recommendation.Application.Recommendations;

namespace Recommendation.AdminApi.Users;

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
            [.. preview.Changes.Select(PlaceChangeDocument.Of)]
        );
}
