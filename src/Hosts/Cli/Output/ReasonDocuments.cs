using Recommendation.Application.Recommendations;

namespace Recommendation.Cli.Output;

internal sealed record PreviewDocument(
    string UserId,
    string ItemId,
    string? Title,
    string InteractionType,
    string? ModelVersion,
    IReadOnlyList<PlaceDocument> Before,
    IReadOnlyList<PlaceDocument> After,
    IReadOnlyList<PlaceChangeDocument> Changes
);

internal sealed record PlaceDocument(string ItemId, string? Title, double Score);

/// <summary>Makes the document of a preview.</summary>
internal static class ReasonDocuments
{
    internal static PreviewDocument ToDocument(this PreviewedEvent preview) =>
        new(
            preview.User.Value,
            preview.Item.ItemId.Value,
            preview.Item.Title,
            preview.Type.Value,
            preview.Model?.Value,
            [.. preview.Before.Select(ToPlace)],
            [.. preview.After.Select(ToPlace)],
            [.. preview.Changes.Select(PlaceChangeDocument.Of)]
        );

    private static PlaceDocument ToPlace(ShownItem item) => new(item.ItemId.Value, item.Title, item.Score.Value);
}
