using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// The items that go with an item: what the model would recommend to somebody who had seen only that one.
/// </summary>
/// <param name="Item">The item.</param>
/// <param name="Count">How many to show; popular items fill up what the model does not give.</param>
/// <param name="Filter">What to leave out; null for nothing.</param>
public sealed record SimilarItems(ItemId Item, int Count = RankedItems.DefaultShown, ListFilter? Filter = null)
    : IRequest<ShownList>
{
    // The ranker ranks for users; this one stands for somebody who has seen the item and nothing else.
    private static readonly UserId s_nobody = UserId.Parse("similar-items");

    internal sealed class Validator : AbstractValidator<SimilarItems>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
            .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
    }

    internal sealed class Handler(
        RetrievalPipeline pipeline,
        IRanker ranker,
        IItemCatalog catalog,
        RecommendationIds ids,
        EventTypeSettings types,
        TimeProvider time
    ) : IRequestHandler<SimilarItems, ShownList>
    {
        public async Task<ShownList> Handle(SimilarItems request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var filter = request.Filter ?? ListFilter.None;
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var query = new RankUser(
                s_nobody, [new HistoryEntry(request.Item, types.Interest, now)],
                RetrievalPipeline.FirstCount(request.Count, filter), unavailable);
            var eligibility = new Eligibility(unavailable, ActedOn: null, filter) { Without = request.Item };
            var list = new ListRetrieval(query, request.Count, eligibility);
            var model = await pipeline.RetrieveAsync([list], new RetrievalContext(Model: null, now), cancellationToken);
            if (list is { Error: { } error, Kind: null })
                throw new RankerUnavailableException(error);
            // Also popular if all that goes with the item is unavailable, so nothing is left out for once.
            if (list.Kind == RankingKind.Popular
                && (unavailable.Count == 0 || !await IsKnownAsync(query, model, now, cancellationToken)))
            {
                throw RefusedException.Missing(
                    model is { } known
                        ? $"Model {known} does not know item '{request.Item}': too few people interacted with it, or "
                            + "it is newer than the model. See `recommend train`."
                        : "There is no model yet, so nothing is known of similar items. Run `recommend train` first."
                );
            }
            var items = list.Truncate(request.Count, ListSource.Realtime);
            var shown = await catalog.WithTitlesAsync(items, cancellationToken);
            var configuration = new ListConfiguration(ListConfiguration.DefaultScenario, model);
            return new ShownList(User: null, ListSource.Realtime, model, now, shown)
            {
                Id = await ids.NextAsync(configuration, ServedSource.Similar, user: null, cancellationToken),
            };
        }

        private async Task<bool> IsKnownAsync(
            RankUser query, ModelVersion? model, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var answer = await ranker.RankAsync(
                new RankUsers([query with { Count = 1, Exclude = [] }], model, now), cancellationToken);
            return answer.Rankings[0].Kind == RankingKind.Ranked;
        }
    }
}
