using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>How one more event would change a user's list. Changes nothing: the event is not appended.</summary>
public sealed record PreviewEvent(UserId User, ItemId Item, InteractionType Type, int Count = RankedItems.DefaultShown)
    : IRequest<PreviewedEvent>
{
    // The ranker ranks for users: these stand for the user without and with the event.
    private static readonly UserId s_before = UserId.Parse("before");
    private static readonly UserId s_after = UserId.Parse("after");

    internal sealed class Validator : AbstractValidator<PreviewEvent>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, Recommend.MaximumCount)
            .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
    }

    internal sealed class Handler(
        UserMemories memories,
        IItemCatalog catalog,
        Variants variants,
        RetrievalPipeline pipeline,
        RecommendationOptions options,
        TimeProvider time
    ) : IRequestHandler<PreviewEvent, PreviewedEvent>
    {
        public async Task<PreviewedEvent> Handle(PreviewEvent request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var memory = await memories.FindAsync(request.User, cancellationToken);
            var with = memory.History.With([new HistoryEntry(request.Item, request.Type, now)]);
            var unavailable = await catalog.UnavailableAsync(now, cancellationToken);
            var groups = await variants.FindAsync(cancellationToken);
            var eligibility = Eligibility.Of(memory, unavailable, groups, options, ListFilter.None);
            var before = ListOf(s_before, memory.History, eligibility);
            var after = ListOf(
                s_after,
                with,
                eligibility with
                {
                    Without = options.AllowRepeats ? null : request.Item,
                }
            );
            var model = await pipeline.RetrieveAsync(
                [before, after],
                new RetrievalContext(Model: null, now),
                cancellationToken
            );
            var (first, second) = (
                await ShowAsync(before, cancellationToken),
                await ShowAsync(after, cancellationToken)
            );
            var titles = await catalog.FindAsync([request.Item], cancellationToken);
            return new PreviewedEvent(
                request.User,
                new TitledItem(request.Item, titles.GetValueOrDefault(request.Item)?.Title),
                request.Type,
                model,
                first,
                second,
                PreviewedEvent.Compare(first, second)
            );

            ListRetrieval ListOf(UserId user, UserHistory history, Eligibility eligibility) =>
                new(
                    new RankUser(
                        user, history, request.Count, Eligibility.WithoutVariants(unavailable, groups),
                        options.AllowRepeats),
                    request.Count,
                    eligibility
                );
        }

        private Task<IReadOnlyList<ShownItem>> ShowAsync(ListRetrieval list, CancellationToken cancellationToken) =>
            list.Error is { } error
                ? throw new RankerUnavailableException(error)
                : catalog.WithTitlesAsync(
                    list.Truncate(list.Count, list.SourceOf(ListSource.Realtime)),
                    time.GetUtcNow(),
                    cancellationToken
                );
    }
}
