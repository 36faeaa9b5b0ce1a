using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>Items of the catalogue; those that it does not know are absent.</summary>
public sealed record FindItems(IReadOnlyCollection<ItemId> Items) : IRequest<FoundItems>
{
    /// <summary>How many may be asked for at once.</summary>
    public const int MaximumItems = 1000;

    internal sealed class Validator : AbstractValidator<FindItems>
    {
        public Validator() => RuleFor(request => request.Items.Count).InclusiveBetween(1, MaximumItems)
            .WithMessage($"Ask for 1–{MaximumItems} items at once.");
    }

    internal sealed class Handler(IItemCatalog catalog) : IRequestHandler<FindItems, FoundItems>
    {
        public async Task<FoundItems> Handle(FindItems request, CancellationToken cancellationToken)
        {
            var found = await catalog.FindAsync(request.Items, cancellationToken);
            return new FoundItems([.. request.Items.Distinct().Where(found.ContainsKey).Select(item => found[item])]);
        }
    }
}

/// <summary>The items found, in the order in which they were asked for.</summary>
public sealed record FoundItems(IReadOnlyList<CatalogItem> Items);
