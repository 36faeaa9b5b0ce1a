using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Looks for items of the catalogue. Not registered on a platform that can't search its catalogue.</summary>
public interface IItemSearch
{
    /// <summary>The items that match, in an order of the catalogue's own, page by page.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="cursor">The place that the page before gave; null for the first page.</param>
    /// <param name="limit">How many items to give at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FormatException">The cursor is none that this gave.</exception>
    Task<ItemPage> SearchAsync(ItemQuery query, string? cursor, int limit, CancellationToken cancellationToken);
}

/// <summary>Some of the items that match.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The place after them; null if there are no more.</param>
public sealed record ItemPage(IReadOnlyList<CatalogItem> Items, string? Next);
