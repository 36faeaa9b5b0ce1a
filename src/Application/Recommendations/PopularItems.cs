using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>What is popular now: what somebody without a history is offered.</summary>
public sealed record PopularItems(int Count = RankedItems.DefaultShown, ListFilter? Filter = null) : IRequest<ShownList>
{
    // Lists are of users; this one stands for somebody of whom nothing is known.
    private static readonly UserId s_nobody = UserId.Parse("popular-items");

    internal sealed class Validator : AbstractValidator<PopularItems>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
            .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
    }

    internal sealed class Handler(
        RetrievalPipeline pipeline, IItemCatalog catalog, Variants variants, RecommendationIds ids, TimeProvider time)
        : IRequestHandler<PopularItems, ShownList>
    {
        public async Task<ShownList> Handle(PopularItems request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var unavailable = await catalog.UnavailableAsync(now, cancellationToken);
            var groups = await variants.FindAsync(cancellationToken);
            var list = new ListRetrieval(
                new RankUser(s_nobody, [], request.Count, Eligibility.WithoutVariants(unavailable, groups)),
                request.Count,
                new Eligibility(unavailable, ActedOn: null, request.Filter ?? ListFilter.None) { Variants = groups });
            var model = await pipeline.RetrieveAsync([list], new RetrievalContext(Model: null, now), cancellationToken);
            var items = list.Truncate(request.Count, ListSource.Popular);
            var shown = await catalog.WithTitlesAsync(items, now, cancellationToken);
            var configuration = new ListConfiguration(ListConfiguration.DefaultScenario, model);
            return new ShownList(User: null, ListSource.Popular, model, now, shown)
            {
                Id = await ids.NextAsync(configuration, ServedSource.Popular, user: null, cancellationToken),
            };
        }
    }
}
