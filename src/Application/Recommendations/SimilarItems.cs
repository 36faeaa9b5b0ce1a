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
/// The items that go with some items: what the model would recommend to somebody who had seen only those, or what
/// resembles them by its content.
/// </summary>
/// <param name="Items">The items, such as those of a basket. Where order counts, the first is the newest.</param>
/// <param name="Count">How many to show; popular items fill up what the model does not give.</param>
/// <param name="Filter">What to leave out; null for nothing.</param>
/// <param name="By">What makes items similar.</param>
public sealed record SimilarItems(
    IReadOnlyList<ItemId> Items,
    int Count = RankedItems.DefaultShown,
    ListFilter? Filter = null,
    SimilarBy By = SimilarBy.Both) : IRequest<ShownList>
{
    /// <summary>How many items may be given.</summary>
    public const int MaximumItems = 100;

    // The ranker ranks for users; this one stands for somebody who has seen the items and nothing else.
    private static readonly UserId s_nobody = UserId.Parse("similar-items");

    /// <summary>What goes with one item.</summary>
    public SimilarItems(ItemId item, int count = RankedItems.DefaultShown, ListFilter? filter = null)
        : this([item], count, filter)
    {
    }

    internal sealed class Validator : AbstractValidator<SimilarItems>
    {
        public Validator()
        {
            RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
                .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
            RuleFor(request => request.Items.Count).InclusiveBetween(1, MaximumItems)
                .WithMessage($"Give 1–{MaximumItems} items that others are to be similar to.");
        }
    }

    internal sealed class Handler(
        RetrievalPipeline pipeline,
        IRanker ranker,
        IItemCatalog catalog,
        Variants variants,
        SimilarContent content,
        RecommendationIds ids,
        EventTypeSettings types,
        TimeProvider time
    ) : IRequestHandler<SimilarItems, ShownList>
    {
        public async Task<ShownList> Handle(SimilarItems request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            ItemId[] items = [.. request.Items.Distinct()];
            var filter = (request.Filter ?? ListFilter.None).StartingFrom(items);
            var unavailable = await catalog.UnavailableAsync(now, cancellationToken);
            var groups = await variants.FindAsync(cancellationToken);
            var query = new RankUser(
                s_nobody,
                [.. items.Select(item => new HistoryEntry(item, types.Interest, now))],
                RetrievalPipeline.FirstCount(request.Count, filter),
                Eligibility.WithoutVariants(unavailable, groups));
            var eligibility = new Eligibility(unavailable, ActedOn: null, filter) { Variants = groups };
            ListRetrieval NewList() => new(query, request.Count, eligibility);

            if (request.By == SimilarBy.Content)
                return await ShownAsync(await content.RetrieveAsync(NewList(), items, cancellationToken))
                    ?? throw Unlike(items);
            var list = NewList();
            var model = await pipeline.RetrieveAsync([list], new RetrievalContext(Model: null, now), cancellationToken);
            if (list is { Error: { } error, Kind: null })
                throw new RankerUnavailableException(error);
            // Also popular if all that goes with the items is unavailable, so nothing is left out for once.
            if (list.Kind == RankingKind.Popular
                && (unavailable.Count == 0 || !await IsKnownAsync(query, model, now, cancellationToken)))
            {
                var like = request.By == SimilarBy.Both
                    ? await ShownAsync(await content.RetrieveAsync(NewList(), items, cancellationToken))
                    : null;
                return like ?? throw Unknown(items, model);
            }
            return (await ShownAsync((list, model)))!;

            async Task<ShownList?> ShownAsync((ListRetrieval List, ModelVersion? Model)? retrieved)
            {
                if (retrieved is not var (chosen, ranked))
                    return null;
                var shown = await catalog.WithTitlesAsync(
                    chosen.Truncate(request.Count, ListSource.Realtime), now, cancellationToken);
                var configuration = new ListConfiguration(ListConfiguration.DefaultScenario, ranked);
                return new ShownList(User: null, ListSource.Realtime, ranked, now, shown)
                {
                    Id = await ids.NextAsync(configuration, ServedSource.Similar, user: null, cancellationToken),
                };
            }
        }

        private async Task<bool> IsKnownAsync(
            RankUser query, ModelVersion? model, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var answer = await ranker.RankAsync(
                new RankUsers([query with { Count = 1, Exclude = [] }], model, now), cancellationToken);
            return answer.Rankings[0].Kind == RankingKind.Ranked;
        }

        private static RefusedException Unknown(ItemId[] items, ModelVersion? model) => RefusedException.Missing(
            model is { } known
                ? $"Model {known} does not know {Named(items)}: too few people interacted with it, or "
                    + "it is newer than the model and says nothing of itself."
                : "There is no model yet, so nothing is known of similar items.",
            NextStep.TrainModel);

        private static RefusedException Unlike(ItemId[] items) => RefusedException.Missing(
            $"Nothing resembles {Named(items)} by its content: the catalogue says nothing of it that the model knows, "
                + "or the model has no content. Add titles, categories or attributes, then train.",
            NextStep.TrainModel);

        private static string Named(ItemId[] items) =>
            items is [var only] ? $"item '{only}'" : $"any of the {items.Length} items";
    }
}
