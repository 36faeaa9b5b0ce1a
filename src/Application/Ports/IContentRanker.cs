using Recommendation.Domain.Items;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>Compares items by what they say of themselves, with the current model. The items need not be in the
/// model.</summary>
public interface IContentRanker
{
    /// <summary>The items of the model that resemble some items most.</summary>
    /// <param name="items">As the catalogue has them; at least one.</param>
    /// <param name="count">How many are wanted at most.</param>
    /// <param name="cancellationToken">Stops the ranking.</param>
    /// <returns>Null where there is no model, or the model has no content.</returns>
    /// <exception cref="RankerUnavailableException">The model can't be had.</exception>
    Task<ContentRanking?> RankAsync(IReadOnlyList<CatalogItem> items, int count, CancellationToken cancellationToken);

    /// <summary>What an item has in common with others, in words, such as <c>wicker</c>; by other item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="others">The others.</param>
    /// <param name="count">How many words are wanted for each, those that say most.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <returns>In the order of the others; empty lists where there is no model, or the model has no content.</returns>
    /// <exception cref="RankerUnavailableException">The model can't be had.</exception>
    Task<IReadOnlyList<IReadOnlyList<string>>> SharedAsync(
        CatalogItem item, IReadOnlyList<CatalogItem> others, int count, CancellationToken cancellationToken);
}

/// <summary>Items by their resemblance.</summary>
/// <param name="Model">The model that compared them.</param>
/// <param name="Items">The best first, without the given ones; scores from 0 to 1.</param>
public sealed record ContentRanking(ModelVersion Model, RankedItems Items);
