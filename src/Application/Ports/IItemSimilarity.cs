using Recommendation.Domain.Interactions;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Ports;

/// <summary>Compares items by the current model. Not registered where the model is not in this process.</summary>
public interface IItemSimilarity
{
    /// <summary>How alike some items are: what one says of the other in the model, relative to what it says of the item
    /// that it says most of. Items that the model does not know are like none.</summary>
    /// <param name="items">Distinct items.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <returns>Empty if there is no model.</returns>
    /// <exception cref="RankerUnavailableException">The model can't be had.</exception>
    Task<ItemSimilarities> CompareAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken);
}
