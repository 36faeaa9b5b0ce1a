using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// What <see cref="PutItems"/> would change. Nothing is stored. Of an item given twice, the last counts.
/// </summary>
public sealed record PreviewItems(IReadOnlyList<ItemChange> Items) : IRequest<PreviewedItems>
{
    internal sealed class Handler(ItemChecks checks, IItemCatalog catalog)
        : IRequestHandler<PreviewItems, PreviewedItems>
    {
        public async Task<PreviewedItems> Handle(PreviewItems request, CancellationToken cancellationToken)
        {
            var changes = await checks.PreviewAsync(request.Items, cancellationToken);
            var after = changes.GroupBy(change => change.ItemId)
                .Select(copies => copies.Last().ApplyTo(known: null)).ToList();
            IReadOnlyList<ItemId> ids = [.. after.Select(item => item.ItemId)];
            var before = await catalog.FindAsync(ids, cancellationToken);
            return new PreviewedItems([.. after.Select(item => new PreviewedItem(
                before.GetValueOrDefault(item.ItemId), item))]);
        }
    }
}

/// <summary>What would change.</summary>
public sealed record PreviewedItems(IReadOnlyList<PreviewedItem> Items);

/// <summary>An item before and after.</summary>
/// <param name="Before">Null for an item that the catalogue does not have.</param>
/// <param name="After">The item as it would be.</param>
public sealed record PreviewedItem(CatalogItem? Before, CatalogItem After);
