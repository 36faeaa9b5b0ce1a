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
    internal sealed class Handler(UserMemories memories, IItemCatalog catalog, IRankingExplainer explainer, RecommendationOptions options)
        : IRequestHandler<ExplainRecommendation, ExplainedItem>
    {
        public async Task<ExplainedItem> Handle(ExplainRecommendation request, CancellationToken cancellationToken)
        {
            var memory = await memories.FindAsync(request.User, cancellationToken);
            var unavailable = await catalog.UnavailableAsync(cancellationToken);
            var query = new RankUser(request.User, memory.History, Recommend.MaximumCount, unavailable, options.AllowRepeats);
            var explanation = await explainer.ExplainAsync(query, request.Item, cancellationToken);
            var titles = await catalog.FindAsync(
                [request.Item, .. explanation?.Contributions.Select(one => one.Source) ?? []], cancellationToken);
            var (outcome, sentence) = Judge(request, memory, unavailable, explanation);
            var isScored = explanation is { KnowsItem: true, KnowsHistory: true };
            return new ExplainedItem(
                request.User, Titled(request.Item), explanation?.Model, outcome, sentence, isScored ? explanation!.Score : null,
                outcome == ExplainedOutcome.Listed ? explanation!.Place : null, isScored ? Contributions(explanation!, memory.History, Titled) : []);

            TitledItem Titled(ItemId id) => new(id, titles.GetValueOrDefault(id)?.Title);
        }

        private (ExplainedOutcome Outcome, string Sentence) Judge(
            ExplainRecommendation request, UserMemory memory, IReadOnlySet<ItemId> unavailable, ScoreExplanation? explanation)
        {
            var (user, item) = request;
            if (explanation is null)
                return (ExplainedOutcome.Popular, $"There is no model yet, so {user} gets what is popular lately; run `recommend train`.");
            if (unavailable.Contains(item))
                return (ExplainedOutcome.Unavailable, $"{item} is left out: the catalogue says that it is not available.");
            if (!options.AllowRepeats && memory.ActedOn.Contains(item))
            {
                return (ExplainedOutcome.Seen, memory.History.FirstOrDefault(entry => entry.ItemId == item) is { Count: > 0 } seen
                    ? $"{item} is left out: {user} knows it already ({seen.Type}, {Timestamps.Format(seen.At)})."
                    : $"{item} is left out: {user} knows it already.");
            }
            if (memory.History.Count == 0)
                return (ExplainedOutcome.Popular, $"Nothing is known of {user}, who gets the popular items; no score is made of a history.");
            if (!explanation.KnowsHistory)
                return (ExplainedOutcome.Popular, $"Model {explanation.Model} knows none of the items that {user} interacted with, who gets the popular items.");
            if (!explanation.KnowsItem)
                return (ExplainedOutcome.UnknownItem, $"Model {explanation.Model} does not know {item}: nobody had interacted with it when the model was trained.");
            return explanation.Place is { } place
                ? (ExplainedOutcome.Listed, $"{item} is number {place} for {user}.")
                : (ExplainedOutcome.Unrelated, $"{item} is not recommended: nothing that {user} did speaks for it{(explanation.Contributions.Count > 0 ? ", all in all" : "")}.");
        }

        private static IReadOnlyList<ExplainedContribution> Contributions(
            ScoreExplanation explanation, UserHistory history, Func<ItemId, TitledItem> titled)
        {
            var events = history.GroupBy(entry => entry.ItemId).ToDictionary(item => item.Key, item => item.ToList());
            var amounts = ScoreShares.Of(explanation.Score, [.. explanation.Contributions.Select(one => one.Amount)]);
            return [.. explanation.Contributions.Zip(amounts, (one, amount) => new ExplainedContribution(
                titled(one.Source), (int)events[one.Source].Sum(entry => entry.Count), events[one.Source][0].Type, events[one.Source][0].At,
                one.HistoryWeight, one.ItemWeight, amount))];
        }
    }
}
