using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>What is popular within a recent time, by the number of users.</summary>
/// <param name="Window">One of <see cref="Windows"/>.</param>
/// <param name="Count">How many items to show at most.</param>
/// <param name="Filter">What to leave out; null for nothing.</param>
public sealed record PopularInWindow(string Window, int Count = RankedItems.DefaultShown, ListFilter? Filter = null)
    : IRequest<ShownList>
{
    /// <summary>How long each window is, by its name.</summary>
    public static readonly IReadOnlyDictionary<string, TimeSpan> Windows = new Dictionary<string, TimeSpan>(
        StringComparer.Ordinal
    )
    {
        ["hour"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
        ["week"] = TimeSpan.FromDays(7),
        ["month"] = TimeSpan.FromDays(30),
    };

    internal const string UnknownWindow = "A window is hour, day, week or month (30 days).";

    // Lists are of users; this one stands for somebody of whom nothing is known.
    private static readonly UserId s_nobody = UserId.Parse("popular-items");

    internal sealed class Validator : AbstractValidator<PopularInWindow>
    {
        public Validator(IEnumerable<IPopularWindows> windows)
        {
            RuleFor(request => request.Count)
                .InclusiveBetween(1, Recommend.MaximumCount)
                .WithMessage($"Ask for 1–{Recommend.MaximumCount} items.");
            RuleFor(request => request.Window).Must(Windows.ContainsKey).WithMessage(UnknownWindow);
            RuleFor(request => request.Window)
                .Must(_ => windows.Any())
                .WithMessage(
                    "Popular items of a window are not counted here. Leave out the window to get what is popular by "
                        + "the model."
                );
        }
    }

    internal sealed class Handler(
        IEnumerable<IPopularWindows> windows,
        RetrievalPipeline pipeline,
        IItemCatalog catalog,
        Variants variants,
        RecommendationIds ids,
        TimeProvider time
    ) : IRequestHandler<PopularInWindow, ShownList>
    {
        public async Task<ShownList> Handle(PopularInWindow request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var popular = await windows.First().RankAsync(Windows[request.Window], now, cancellationToken);
            var unavailable = await catalog.UnavailableAsync(now, cancellationToken);
            var groups = await variants.FindAsync(cancellationToken);
            var list = new ListRetrieval(
                new RankUser(s_nobody, [], request.Count, []), request.Count,
                new Eligibility(unavailable, ActedOn: null, request.Filter ?? ListFilter.None) { Variants = groups });
            await pipeline.OfferAsync(list, popular, ListSource.Popular, cancellationToken);
            var shown = list.Truncate(request.Count, ListSource.Popular);
            var items = await catalog.WithTitlesAsync(shown, now, cancellationToken);
            var configuration = new ListConfiguration(ListConfiguration.DefaultScenario, Model: null);
            return new ShownList(User: null, ListSource.Popular, Model: null, now, items)
            {
                Id = await ids.NextAsync(configuration, ServedSource.Popular, user: null, cancellationToken),
            };
        }
    }
}
