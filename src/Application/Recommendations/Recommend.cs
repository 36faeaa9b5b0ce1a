using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// The items for a user now: the stored list if the profile has not changed since; else ranked now, within a budget; else the
/// stored list all the same, marked stale; the popular items where there is no history. Seen and unavailable items are left out.
/// </summary>
/// <param name="User">Whose.</param>
/// <param name="Count">How many items to show at most.</param>
/// <param name="Filter">What to leave out; null for nothing.</param>
/// <param name="AlwaysAnswer">
/// Whether a user without a stored list gets the last known popular items, or none, instead of an error where the ranker is
/// slow or down.
/// </param>
public sealed record Recommend(
    UserId User, int Count = RankedItems.DefaultShown, ListFilter? Filter = null, bool AlwaysAnswer = false) : IRequest<ShownList>
{
    /// <summary>How many items may be asked for.</summary>
    public const int MaximumCount = 1000;

    internal sealed class Validator : AbstractValidator<Recommend>
    {
        public Validator() => RuleFor(request => request.Count).InclusiveBetween(1, MaximumCount)
            .WithMessage($"Ask for 1–{MaximumCount} items.");
    }

    internal sealed class Handler(
        IProfileStore profiles, IRecommendationStore lists, IItemCatalog catalog, IRanker ranker, LastPopular popular,
        RecommendationOptions options, TimeProvider time, ILogger<Recommend> logger) : IRequestHandler<Recommend, ShownList>
    {
        public async Task<ShownList> Handle(Recommend request, CancellationToken cancellationToken)
        {
            var profile = await profiles.FindAsync(request.User, cancellationToken) ?? UserProfile.New(request.User);
            var stored = profile.IsEmpty ? null : await lists.FindAsync(request.User, cancellationToken);
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var list = await ChooseAsync(request, profile, stored, unavailable, cancellationToken);

            var seen = options.HiddenItems(profile.Recent);
            var found = await (request.Filter ?? ListFilter.None).ApplyAsync(
                list.Items, item => !seen.Contains(item.ItemId) && !unavailable.Contains(item.ItemId), request.Count + 1, catalog, cancellationToken);
            var shown = found.First(request.Count);
            Telemetry.ListsShown.Add(1, new KeyValuePair<string, object?>("source", list.Source.ToText()));
            Telemetry.ListAge.Record((time.GetUtcNow() - list.UpdatedAt).TotalSeconds);
            return new ShownList(request.User, list.Source, list.ModelVersion, list.UpdatedAt, await catalog.WithTitlesAsync(shown, cancellationToken))
            {
                More = found.Count > shown.Count,
            };
        }

        private async Task<RecommendationList> ChooseAsync(
            Recommend request, UserProfile profile, RecommendationList? stored, IReadOnlySet<ItemId> unavailable, CancellationToken cancellationToken)
        {
            if (stored is not null && stored.ProfileVersion == profile.Version && await IsEnoughAsync(request, stored, cancellationToken))
                return stored;
            var budget = stored is null ? options.FirstListBudget : options.RealtimeBudget;
            try
            {
                return await RankNowAsync(request, profile, unavailable, budget, cancellationToken);
            }
            catch (UnavailableException problem) when (stored is not null)
            {
                logger.LogWarning("The stored list is shown, since ranking on request failed: {Problem}", problem.Message);
                return stored.ProfileVersion == profile.Version ? stored : stored with { Source = ListSource.Stale };
            }
            catch (RankerUnavailableException problem) when (request.AlwaysAnswer)
            {
                logger.LogWarning("The last known popular items are shown, since ranking on request failed: {Problem}", problem.Message);
                return popular.For(request.User, time.GetUtcNow());
            }
        }

        private async Task<bool> IsEnoughAsync(Recommend request, RecommendationList stored, CancellationToken cancellationToken)
        {
            if (stored.Items.Count < request.Count)
                return false;
            return request.Filter is null or { IsEmpty: true }
                || (await request.Filter.ApplyAsync(stored.Items, _ => true, request.Count, catalog, cancellationToken)).Count == request.Count;
        }

        private async Task<RecommendationList> RankNowAsync(
            Recommend request, UserProfile profile, IReadOnlySet<ItemId> unavailable, TimeSpan budget, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var query = new RankUser(
                request.User, profile.Recent, (request.Filter ?? ListFilter.None).Candidates(request.Count + 1), unavailable, options.AllowRepeats);
            var answer = await RankWithinAsync(budget, new RankUsers([query], Model: null, now), cancellationToken);
            var ranking = answer.Rankings[0];
            if (ranking.Kind == RankingKind.Failed)
                throw new RankerUnavailableException(ranking.Error ?? "The ranker failed for this user.");
            if (ranking.Kind == RankingKind.Popular)
                popular.Remember(ranking.Items, answer.Model, now);
            return new RecommendationList
            {
                UserId = request.User,
                Items = ranking.Items,
                Source = ranking.Kind == RankingKind.Popular ? ListSource.Popular : ListSource.Realtime,
                UpdatedAt = now,
                ModelVersion = answer.Model,
                ProfileVersion = profile.Version,
            };
        }

        private async Task<RankedUsers> RankWithinAsync(TimeSpan budget, RankUsers query, CancellationToken cancellationToken)
        {
            using var limit = new CancellationTokenSource(budget, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                // WaitAsync: a ranker that is slow to notice the token must not make the caller wait.
                return await ranker.RankAsync(query, either.Token).WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new RankerUnavailableException($"The ranker did not answer within {budget.TotalMilliseconds:0} ms. Ask again.");
            }
        }
    }
}
