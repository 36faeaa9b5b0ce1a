using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// Adds items, and changes what is said of those that are known; what is not said stays. Changes of one item are made
/// in their order.
/// </summary>
public sealed record MergeItems(IReadOnlyList<ItemChange> Changes) : IRequest<ImportedItems>
{
    internal sealed class Handler(IItemCatalog catalog) : IRequestHandler<MergeItems, ImportedItems>
    {
        public async Task<ImportedItems> Handle(MergeItems request, CancellationToken cancellationToken)
        {
            var changes = request.Changes.GroupBy(change => change.ItemId)
                .Select(copies => copies.Aggregate((first, next) => first.Then(next))).ToList();
            await catalog.MergeAsync(changes, cancellationToken);
            return new ImportedItems(changes.Count);
        }
    }
}
