using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>The items that go with an item: what the model would recommend to somebody who had seen only that one.</summary>
public sealed record SimilarItems(ItemId Item, int Count = RankedItems.DefaultShown) : IRequest<ShownList>
{
    // The ranker ranks for users; this one stands for somebody who has seen the item and nothing else.
    private static readonly UserId s_nobody = UserId.Parse("similar-items");

    internal sealed class Validator : AbstractValidator<SimilarItems>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
            .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
    }

    internal sealed class Handler(IRanker ranker, IItemCatalog catalog, EventTypeSettings types, TimeProvider time) : IRequestHandler<SimilarItems, ShownList>
    {
        public async Task<ShownList> Handle(SimilarItems request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var history = new RecentInteraction(now, EventKey: 0, request.Item, types.Interest);
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var answer = await ranker.RankAsync(
                new RankUsers([new RankUser(s_nobody, [history], request.Count, [.. unavailable, request.Item])], Model: null, now), cancellationToken);
            var ranking = answer.Rankings[0];
            if (ranking.Kind == RankingKind.Failed)
                throw new RankerUnavailableException(ranking.Error ?? "The ranker failed for this item.");
            if (ranking.Kind == RankingKind.Popular)
                throw RefusedException.Missing(answer.Model is { } model
                    ? $"Model {model} does not know item '{request.Item}': too few people interacted with it, or it is newer than the model. See `recommend train`."
                    : "There is no model yet, so nothing is known of similar items. Run `recommend train` first.");
            return new ShownList(User: null, ListSource.Realtime, answer.Model, now, await catalog.WithTitlesAsync(ranking.Items, cancellationToken));
        }
    }
}
