using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>A list as it is shown: with titles from the catalogue.</summary>
/// <param name="User">Whose list; null for similar items.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Model">The model that ranked it; null where there is none yet.</param>
/// <param name="UpdatedAt">When it was ranked (UTC).</param>
/// <param name="Items">Best first.</param>
public sealed record ShownList(
    UserId? User, ListSource Source, ModelVersion? Model, DateTimeOffset UpdatedAt, IReadOnlyList<ShownItem> Items)
{
    /// <summary>Names the list, for feedback to it; null for a preview, and where the platform has no ids.</summary>
    public RecommendationId? Id { get; init; }

    /// <summary>Whether the list goes on after these.</summary>
    public bool More { get; init; }

    /// <summary>The place after the last item, if <see cref="SeenItemsCursor"/> needs it.</summary>
    internal SequencePlace End { get; init; }
}

/// <summary>An item of a list.</summary>
/// <param name="Title">Null where the catalogue has none.</param>
/// <param name="Because">
/// The items of the history that contributed most, greatest first; empty for popular items.
/// </param>
/// <param name="Source">Where the item comes from if not from where its list comes from; else null.</param>
public sealed record ShownItem(
    ItemId ItemId, string? Title, Score Score, IReadOnlyList<TitledItem> Because, ListSource? Source = null)
{
    /// <summary>The rules of the scenario that moved the item; empty for none.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The item as the catalogue has it; null where it has none.</summary>
    public CatalogItem? Item { get; init; }
}

/// <summary>An item and its title, where the catalogue has one.</summary>
public sealed record TitledItem(ItemId ItemId, string? Title);
