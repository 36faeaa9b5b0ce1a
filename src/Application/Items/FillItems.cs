using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// Adds what a file of interactions says of its items to the catalogue, where the catalogue does not know better:
/// titles and categories that are there stay, and so does the availability.
/// </summary>
public sealed record FillItems(IReadOnlyList<CatalogItem> Items) : IRequest<FilledItems>
{
    internal sealed class Handler(IItemCatalog catalog) : IRequestHandler<FillItems, FilledItems>
    {
        public async Task<FilledItems> Handle(FillItems request, CancellationToken cancellationToken)
        {
            await catalog.FillAsync(request.Items, cancellationToken);
            return new FilledItems(request.Items.Select(item => item.ItemId).Distinct().Count());
        }
    }
}

/// <summary>How many distinct items were given.</summary>
public sealed record FilledItems(int Count);
