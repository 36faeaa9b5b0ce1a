using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>What is popular now: what somebody without a history is offered.</summary>
public sealed record PopularItems(int Count = RankedItems.DefaultShown, ListFilter? Filter = null) : IRequest<ShownList>
{
    // The ranker ranks for users; this one stands for somebody of whom nothing is known.
    private static readonly UserId s_nobody = UserId.Parse("popular-items");

    internal sealed class Validator : AbstractValidator<PopularItems>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
            .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
    }

    internal sealed class Handler(IRanker ranker, IItemCatalog catalog, LastPopular popular, TimeProvider time) : IRequestHandler<PopularItems, ShownList>
    {
        public async Task<ShownList> Handle(PopularItems request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var filter = request.Filter ?? ListFilter.None;
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var query = new RankUser(s_nobody, [], filter.Candidates(request.Count), unavailable);
            var answer = await ranker.RankAsync(new RankUsers([query], Model: null, now), cancellationToken);
            var ranking = answer.Rankings[0];
            if (ranking.Kind == RankingKind.Failed)
                throw new RankerUnavailableException(ranking.Error ?? "The ranker failed for the popular items.");
            popular.Remember(ranking.Items, answer.Model, now);
            var shown = await filter.ApplyAsync(ranking.Items, _ => true, request.Count, catalog, cancellationToken);
            return new ShownList(User: null, ListSource.Popular, answer.Model, now, await catalog.WithTitlesAsync(shown, cancellationToken));
        }
    }
}
