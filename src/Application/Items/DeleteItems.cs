using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Items;

/// <summary>
/// Removes items from the catalogue and from every list at once, until they are put again. Items that the catalogue
/// does not have are not recommended afterwards either.
/// </summary>
public sealed record DeleteItems(IReadOnlyCollection<ItemId> Items) : IRequest<DeletedItems>
{
    internal sealed class Validator : AbstractValidator<DeleteItems>
    {
        public Validator() => RuleFor(request => request.Items.Count).InclusiveBetween(1, FindItems.MaximumItems)
            .WithMessage($"Delete 1–{FindItems.MaximumItems} items at once.");
    }

    internal sealed class Handler(IItemEdits edits) : IRequestHandler<DeleteItems, DeletedItems>
    {
        public async Task<DeletedItems> Handle(DeleteItems request, CancellationToken cancellationToken)
        {
            var items = request.Items.ToHashSet();
            await edits.DeleteAsync(items, cancellationToken);
            return new DeletedItems(items.Count);
        }
    }
}

/// <summary>How many distinct items were deleted.</summary>
public sealed record DeletedItems(int Count);
