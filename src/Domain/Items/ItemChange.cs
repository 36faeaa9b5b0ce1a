using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items;

/// <summary>What changes of an item. What is null stays as it is.</summary>
/// <param name="Title">Empty to remove it.</param>
/// <param name="Categories">Empty to remove them.</param>
/// <param name="Available">A new item is available unless this says otherwise.</param>
public sealed record ItemChange(
    ItemId ItemId,
    string? Title = null,
    IReadOnlyList<string>? Categories = null,
    bool? Available = null
)
{
    /// <summary>The item after the change.</summary>
    /// <param name="known">The item before it; null for a new one.</param>
    public CatalogItem ApplyTo(CatalogItem? known) => new(
        ItemId, (Title ?? known?.Title) is { Length: > 0 } title ? title : null, Categories ?? known?.Categories ?? [],
        Available ?? known?.Available ?? true);

    /// <summary>Both changes as one: what this one says, and where another that follows says something, that.</summary>
    public ItemChange Then(ItemChange next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new(ItemId, next.Title ?? Title, next.Categories ?? Categories, next.Available ?? Available);
    }
}
