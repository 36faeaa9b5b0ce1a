using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// Adds items, and changes what is said of those that are known; what is not said stays. Changes of one item are made
/// in their order. Those that are not valid are named, and the others are made.
/// </summary>
public sealed record MergeItems(IReadOnlyList<ItemChange> Changes) : IRequest<ImportedItems>
{
    internal sealed class Handler(ItemChecks checks, IItemCatalog catalog) : IRequestHandler<MergeItems, ImportedItems>
    {
        public async Task<ImportedItems> Handle(MergeItems request, CancellationToken cancellationToken)
        {
            var (valid, problems) = await checks.CheckAsync(
                request.Changes, replaces: false, isWhole: false, cancellationToken);
            var changes = valid.GroupBy(change => change.ItemId)
                .Select(copies => copies.Aggregate((first, next) => first.Then(next))).ToList();
            var refused = await catalog.MergeAsync(changes, cancellationToken);
            var tooLarge = request.Changes.Index().Where(one => refused.ContainsKey(one.Item.ItemId))
                .Select(one => new ItemProblem(one.Index, one.Item.ItemId, refused[one.Item.ItemId]));
            return new ImportedItems(changes.Count - refused.Count)
            {
                Problems = [.. problems.Concat(tooLarge).OrderBy(problem => problem.Index)],
            };
        }
    }
}
