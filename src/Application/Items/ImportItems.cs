using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>Adds or replaces items of the catalogue; of an item given twice, the last counts.</summary>
public sealed record ImportItems(IReadOnlyList<CatalogItem> Items) : IRequest<ImportedItems>
{
    internal sealed class Handler(IItemCatalog catalog) : IRequestHandler<ImportItems, ImportedItems>
    {
        public async Task<ImportedItems> Handle(ImportItems request, CancellationToken cancellationToken)
        {
            var items = request.Items.GroupBy(item => item.ItemId).Select(copies => copies.Last()).ToList();
            await catalog.PutAsync(items, cancellationToken);
            return new ImportedItems(items.Count);
        }
    }
}

/// <summary>How many distinct items were added or replaced.</summary>
public sealed record ImportedItems(int Count);
