using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Retrieval;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// Why an item is, or is not, recommended to a user now: every contribution to its score. Changes nothing.
/// </summary>
public sealed record ExplainRecommendation(UserId User, ItemId Item) : IRequest<ExplainedItem>
{
    internal sealed class Handler(
        UserMemories memories,
        UserLists lists,
        IItemCatalog catalog,
        Variants variants,
        IRankingExplainer explainer,
        IEnumerable<IContentRanker> contents,
        RecommendationOptions options,
        TimeProvider time
    ) : IRequestHandler<ExplainRecommendation, ExplainedItem>
    {
        /// <summary>How many words are named for each item of the history.</summary>
        private const int SharedWords = 5;

        public async Task<ExplainedItem> Handle(ExplainRecommendation request, CancellationToken cancellationToken)
        {
            var memory = await memories.FindAsync(request.User, cancellationToken);
            var unavailable = await catalog.UnavailableAsync(time.GetUtcNow(), cancellationToken);
            var groups = await variants.FindAsync(cancellationToken);
            var query = new RankUser(
                request.User,
                memory.History,
                Recommend.MaximumCount,
                Eligibility.WithoutVariants(unavailable, groups),
                options.AllowRepeats
            );
            var explanation = await ExplainAsync(query, request.Item, groups, cancellationToken);
            var titles = await catalog.FindAsync(
                [request.Item, .. explanation?.Contributions.Select(one => one.Source) ?? []], cancellationToken);
            var eligibility = Eligibility.Of(memory, unavailable, groups, options, ListFilter.None);
            var served = eligibility.Allows(request.Item)
                ? await FindServedAsync(memory, request.Item, groups, cancellationToken)
                : null;
            var (outcome, sentence) = Validate(request, memory, eligibility, explanation, served);
            var isScored = explanation is { KnowsItem: true, KnowsHistory: true };
            var shared = isScored
                ? await SharedAsync(request.Item, explanation!.Contributions, titles, cancellationToken)
                : new Dictionary<ItemId, IReadOnlyList<string>>();
            var place = outcome == ExplainedOutcome.Variant
                ? null : served?.Place ?? (outcome == ExplainedOutcome.Listed ? explanation?.Place : null);
            // Deleted items are not named: the catalogue does not have them, and says that they are not available.
            var contributions = isScored ? Contributions(explanation!, memory.History, Titled, shared) : [];
            var named = contributions.Where(one => titles.ContainsKey(one.Source.ItemId)
                || !unavailable.Contains(one.Source.ItemId)).ToList();
            return new ExplainedItem(
                request.User,
                Titled(request.Item),
                explanation?.Model,
                outcome,
                sentence,
                isScored ? explanation!.Score : null,
                place,
                named
            )
            {
                DeletedAmount = contributions.Sum(one => one.Amount) - named.Sum(one => one.Amount),
            };

            TitledItem Titled(ItemId id) => new(id, titles.GetValueOrDefault(id)?.Title);
        }

        /// <summary>A model that was trained on variants together knows one of them. So do its contributions.</summary>
        private async Task<ScoreExplanation?> ExplainAsync(
            RankUser query, ItemId item, ItemGroups groups, CancellationToken cancellationToken)
        {
            var own = await explainer.ExplainAsync(query, item, cancellationToken);
            var main = groups.MainOf(item);
            return own is null or { KnowsItem: true, Contributions.Count: > 0 } || main == item
                ? own : await explainer.ExplainAsync(query, main, cancellationToken);
        }

        /// <returns>Where the item, or another variant of it, is in the list that the user is served; null if it is not
        /// among the first 1,000.</returns>
        private async Task<ServedItem?> FindServedAsync(
            UserMemory memory,
            ItemId item,
            ItemGroups groups,
            CancellationToken cancellationToken
        )
        {
            UserList list;
            try
            {
                list = await lists.RetrieveAsync(
                    memory,
                    Recommend.MaximumCount,
                    ListFilter.None,
                    alwaysAnswer: false,
                    cancellationToken
                );
            }
            catch (RankerUnavailableException)
            {
                // The score is explained all the same; its place in the ranking of the model stands in.
                return null;
            }
            var product = groups.MainOf(item);
            var at = list.Items.Select(ranked => groups.MainOf(ranked.ItemId)).ToList().IndexOf(product);
            return at < 0
                ? null : new ServedItem(list.Items[at].ItemId, at + 1, list.Items[at].Source ?? list.Source);
        }

        private static (ExplainedOutcome Outcome, string Sentence) Validate(
            ExplainRecommendation request,
            UserMemory memory,
            Eligibility eligibility,
            ScoreExplanation? explanation,
            ServedItem? served
        )
        {
            var (user, item) = request;
            if (eligibility.Unavailable.Contains(item))
                return (
                    ExplainedOutcome.Unavailable,
                    $"{item} is left out: the catalogue says that it is not available."
                );
            if (!eligibility.Allows(item))
            {
                if (eligibility.AllowsItself(item))
                {
                    return (
                        ExplainedOutcome.Seen,
                        $"{item} is left out: {user} knows another variant of the same product.");
                }
                return (
                    ExplainedOutcome.Seen,
                    memory.History.FirstOrDefault(entry => entry.ItemId == item) is { Count: > 0 } seen
                        ? $"{item} is left out: {user} knows it already ({seen.Type}, {Timestamps.Format(seen.At)})."
                        : $"{item} is left out: {user} knows it already."
                );
            }
            if (served is not null && served.Item != item)
            {
                return (
                    ExplainedOutcome.Variant,
                    $"{item} is left out: {served.Item}, another variant of the same product, is number {served.Place} "
                        + $"for {user}.");
            }
            if (explanation is null)
                return (
                    ExplainedOutcome.Popular,
                    $"There is no model yet, so {user} gets what is popular lately until one is trained."
                );
            if (memory.History.Count == 0)
                return (
                    ExplainedOutcome.Popular,
                    $"Nothing is known of {user}, who gets the popular items; no score is made of a history."
                );
            if (!explanation.KnowsHistory)
                return (
                    ExplainedOutcome.Popular,
                    $"Model {explanation.Model} knows none of the items that {user} interacted with, who gets the "
                        + "popular items."
                );
            if (served is { Source: ListSource.Popular })
                return (
                    ExplainedOutcome.Popular,
                    $"{item} is number {served.Place} for {user}: it is popular, and fills up the list. Nothing that "
                        + $"{user} did speaks for it."
                );
            if ((served?.Place ?? explanation.Place) is { } place)
                return (ExplainedOutcome.Listed, $"{item} is number {place} for {user}.");
            return explanation.KnowsItem
                ? (
                    ExplainedOutcome.Unrelated,
                    $"{item} is not recommended: nothing that {user} did speaks for "
                        + $"it{(explanation.Contributions.Count > 0 ? ", all in all" : "")}."
                )
                : (
                    ExplainedOutcome.UnknownItem,
                    $"Model {explanation.Model} does not know {item}: nobody had interacted with it when the model "
                        + "was trained."
                );
        }

        /// <summary>What the item has in common with those of the history, as far as the catalogue knows
        /// them.</summary>
        private async Task<Dictionary<ItemId, IReadOnlyList<string>>> SharedAsync(
            ItemId item,
            IReadOnlyList<ScoreContribution> contributions,
            IReadOnlyDictionary<ItemId, CatalogItem> known,
            CancellationToken cancellationToken
        )
        {
            var shared = new Dictionary<ItemId, IReadOnlyList<string>>();
            if (contents.LastOrDefault() is not { } content || !known.TryGetValue(item, out var explained))
                return shared;
            var sources = contributions
                .Where(one => one.Source != item && known.ContainsKey(one.Source))
                .Select(one => known[one.Source])
                .ToList();
            var words = await content.SharedAsync(explained, sources, SharedWords, cancellationToken);
            foreach (var (source, own) in sources.Zip(words))
                shared[source.ItemId] = own;
            return shared;
        }

        private static IReadOnlyList<ExplainedContribution> Contributions(
            ScoreExplanation explanation,
            UserHistory history,
            Func<ItemId, TitledItem> titled,
            Dictionary<ItemId, IReadOnlyList<string>> shared
        )
        {
            var events = history.GroupBy(entry => entry.ItemId).ToDictionary(item => item.Key, item => item.ToList());
            var amounts = ScoreShares.Of(explanation.Score, [.. explanation.Contributions.Select(one => one.Amount)]);
            return
            [
                .. explanation.Contributions.Zip(
                    amounts,
                    (one, amount) =>
                        new ExplainedContribution(
                            titled(one.Source),
                            (int)events[one.Source].Sum(entry => entry.Count),
                            events[one.Source][0].Type,
                            events[one.Source][0].At,
                            one.HistoryWeight,
                            one.ItemWeight,
                            amount
                        )
                        {
                            Shares = shared.GetValueOrDefault(one.Source, []),
                        }
                ),
            ];
        }

        private sealed record ServedItem(ItemId Item, int Place, ListSource Source);
    }
}
