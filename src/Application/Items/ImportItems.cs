using MediatR;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>Adds or replaces items of the catalogue; of an item given twice, the last counts.</summary>
public sealed record ImportItems(IReadOnlyList<CatalogItem> Items) : IRequest<ImportedItems>
{
    internal sealed class Handler(IMediator mediator) : IRequestHandler<ImportItems, ImportedItems>
    {
        public Task<ImportedItems> Handle(ImportItems request, CancellationToken cancellationToken) =>
            mediator.Send(new PutItems([.. request.Items.Select(ItemChange.Of)]), cancellationToken);
    }
}

/// <summary>What became of given items.</summary>
/// <param name="Count">How many distinct items were added or changed.</param>
public sealed record ImportedItems(int Count)
{
    /// <summary>The items that were not stored; empty unless the others were.</summary>
    public IReadOnlyList<ItemProblem> Problems { get; init; } = [];
}
