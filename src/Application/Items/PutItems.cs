using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// Adds or replaces items: what is not said of an item is removed. All are stored, or none if one is not valid. Of an
/// item given twice, the last counts.
/// </summary>
public sealed record PutItems(IReadOnlyList<ItemChange> Items) : IRequest<ImportedItems>
{
    internal sealed class Handler(ItemChecks checks, IItemCatalog catalog) : IRequestHandler<PutItems, ImportedItems>
    {
        public async Task<ImportedItems> Handle(PutItems request, CancellationToken cancellationToken)
        {
            var changes = await checks.RequireAsync(request.Items, replaces: true, cancellationToken);
            var items = changes.GroupBy(change => change.ItemId)
                .Select(copies => copies.Last().ApplyTo(known: null)).ToList();
            await catalog.PutAsync(items, cancellationToken);
            return new ImportedItems(items.Count);
        }
    }
}
