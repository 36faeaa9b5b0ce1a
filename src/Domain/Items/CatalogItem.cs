using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items;

/// <summary>What people should read instead of an item's id.</summary>
/// <param name="Title">Null where none is known.</param>
/// <param name="Categories">From the widest to the narrowest; empty where none are known.</param>
/// <param name="Available">False for what must not be recommended now.</param>
public sealed record CatalogItem(ItemId ItemId, string? Title, IReadOnlyList<string> Categories, bool Available = true)
{
    /// <summary>This item with the title and the categories of another where it has none itself.</summary>
    public CatalogItem FilledFrom(CatalogItem other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Title = Title ?? other.Title,
            Categories = Categories.Count > 0 ? Categories : other.Categories,
        };
    }

    public bool Equals(CatalogItem? other) =>
        other is not null
        && ItemId == other.ItemId
        && Available == other.Available
        && string.Equals(Title, other.Title, StringComparison.Ordinal)
        && Categories.SequenceEqual(other.Categories, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(ItemId, Title, Available);
}
