using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// Changes what is said of an item that is known; what is not said stays, whoever changes it meanwhile.
/// </summary>
public sealed record PatchItem(ItemChange Change) : IRequest<CatalogItem>
{
    internal sealed class Handler(ItemChecks checks, IItemEdits edits) : IRequestHandler<PatchItem, CatalogItem>
    {
        public async Task<CatalogItem> Handle(PatchItem request, CancellationToken cancellationToken)
        {
            var item = request.Change.ItemId;
            var change = (await checks.RequireAsync([request.Change], replaces: false, cancellationToken))[0];
            var outcome = await edits.PatchAsync(change, cancellationToken);
            if (outcome.Problem is { } problem)
                throw ItemChecks.Refusal([new ItemProblem(0, item, problem)], count: 1);
            return outcome.Item
                ?? throw RefusedException.Missing($"The catalogue has no item '{item}'. PUT /v1/items adds it.");
        }
    }
}
