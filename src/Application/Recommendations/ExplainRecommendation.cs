using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>Why an item is, or is not, recommended to a user now: every contribution to its score. Changes nothing.</summary>
public sealed record ExplainRecommendation(UserId User, ItemId Item) : IRequest<ExplainedItem>
{
    internal sealed class Handler(IProfileStore profiles, IItemCatalog catalog, IRankingExplainer explainer, RecommendationOptions options)
        : IRequestHandler<ExplainRecommendation, ExplainedItem>
    {
        public async Task<ExplainedItem> Handle(ExplainRecommendation request, CancellationToken cancellationToken)
        {
            var profile = await profiles.FindAsync(request.User, cancellationToken) ?? UserProfile.New(request.User);
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var query = new RankUser(request.User, profile.Recent, Recommend.MaximumCount, unavailable, options.AllowRepeats);
            var explanation = await explainer.ExplainAsync(query, request.Item, cancellationToken);
            var titles = await catalog.FindAsync(
                [request.Item, .. explanation?.Contributions.Select(one => one.Source) ?? []], cancellationToken);
            var (outcome, sentence) = Judge(request, profile, unavailable, explanation);
            var isScored = explanation is { KnowsItem: true, KnowsHistory: true };
            return new ExplainedItem(
                request.User, Titled(request.Item), explanation?.Model, outcome, sentence, isScored ? explanation!.Score : null,
                outcome == ExplainedOutcome.Listed ? explanation!.Place : null, isScored ? Contributions(explanation!, profile, Titled) : []);

            TitledItem Titled(ItemId id) => new(id, titles.GetValueOrDefault(id)?.Title);
        }

        private (ExplainedOutcome Outcome, string Sentence) Judge(
            ExplainRecommendation request, UserProfile profile, IReadOnlySet<ItemId> unavailable, ScoreExplanation? explanation)
        {
            var (user, item) = request;
            if (explanation is null)
                return (ExplainedOutcome.Popular, $"There is no model yet, so {user} gets what is popular lately; run `recommend train`.");
            if (unavailable.Contains(item))
                return (ExplainedOutcome.Unavailable, $"{item} is left out: the catalogue says that it is not available.");
            if (!options.AllowRepeats && profile.Recent.FirstOrDefault(Hides) is { At.Ticks: > 0 } seen)
                return (ExplainedOutcome.Seen, $"{item} is left out: {user} knows it already ({seen.Type}, {Timestamps.Format(seen.At)}).");
            if (profile.Recent.Count == 0)
                return (ExplainedOutcome.Popular, $"Nothing is known of {user}, who gets the popular items; no score is made of a history.");
            if (!explanation.KnowsHistory)
                return (ExplainedOutcome.Popular, $"Model {explanation.Model} knows none of the items that {user} interacted with, who gets the popular items.");
            if (!explanation.KnowsItem)
                return (ExplainedOutcome.UnknownItem, $"Model {explanation.Model} does not know {item}: nobody had interacted with it when the model was trained.");
            return explanation.Place is { } place
                ? (ExplainedOutcome.Listed, $"{item} is number {place} for {user}.")
                : (ExplainedOutcome.Unrelated, $"{item} is not recommended: nothing that {user} did speaks for it{(explanation.Contributions.Count > 0 ? ", all in all" : "")}.");

            bool Hides(RecentInteraction recent) => recent.ItemId == item && options.EventTypes.Hides(recent.Type);
        }

        private static IReadOnlyList<ExplainedContribution> Contributions(
            ScoreExplanation explanation, UserProfile profile, Func<ItemId, TitledItem> titled)
        {
            var events = profile.Recent.GroupBy(recent => recent.ItemId).ToDictionary(item => item.Key, item => item.ToList());
            var amounts = ScoreShares.Of(explanation.Score, [.. explanation.Contributions.Select(one => one.Amount)]);
            return [.. explanation.Contributions.Zip(amounts, (one, amount) => new ExplainedContribution(
                titled(one.Source), events[one.Source].Count, events[one.Source][0].Type, events[one.Source][0].At,
                one.HistoryWeight, one.ItemWeight, amount))];
        }
    }
}
