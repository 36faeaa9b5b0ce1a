using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>How one more event would change a user's list. Changes nothing: the event is not appended.</summary>
public sealed record PreviewEvent(UserId User, ItemId Item, InteractionType Type, int Count = RankedItems.DefaultShown) : IRequest<PreviewedEvent>
{
    // The ranker ranks for users: these stand for the user without and with the event.
    private static readonly UserId s_before = UserId.Parse("before");
    private static readonly UserId s_after = UserId.Parse("after");

    internal sealed class Validator : AbstractValidator<PreviewEvent>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
            .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
    }

    internal sealed class Handler(UserMemories memories, IItemCatalog catalog, IRanker ranker, RecommendationOptions options, TimeProvider time)
        : IRequestHandler<PreviewEvent, PreviewedEvent>
    {
        public async Task<PreviewedEvent> Handle(PreviewEvent request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var without = (await memories.FindAsync(request.User, cancellationToken)).History;
            var with = without.With([new HistoryEntry(request.Item, request.Type, now)]);
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var ranked = await ranker.RankAsync(
                new RankUsers([Query(s_before, without), Query(s_after, with)], Model: null, now), cancellationToken);
            var before = await ListAsync(ranked.Rankings[0], cancellationToken);
            var after = await ListAsync(ranked.Rankings[1], cancellationToken);
            var titles = await catalog.FindAsync([request.Item], cancellationToken);
            return new PreviewedEvent(
                request.User, new TitledItem(request.Item, titles.GetValueOrDefault(request.Item)?.Title), request.Type, ranked.Model,
                before, after, PreviewedEvent.Compare(before, after));

            RankUser Query(UserId user, UserHistory history) =>
                new(user, history, request.Count, unavailable, options.AllowRepeats);
        }

        private Task<IReadOnlyList<ShownItem>> ListAsync(Ranking ranking, CancellationToken cancellationToken) =>
            ranking.Kind == RankingKind.Failed
                ? throw new RankerUnavailableException(ranking.Error ?? "The ranker failed for this user.")
                : catalog.WithTitlesAsync(ranking.Items, cancellationToken);
    }
}
