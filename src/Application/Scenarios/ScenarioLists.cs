using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>
/// Makes lists of scenarios, stage by stage: source, eligible items, filter, score, boosts, diversity, promotions,
/// pins, fill-up. Where the rules leave places empty, the source is asked for more candidates.
/// </summary>
internal sealed class ScenarioLists(
    ScenarioSource source, PromotedItems promoted, ExploredItems explored, IItemCatalog catalog, Variants variants,
    IEnumerable<IItemSimilarity> similarity, TimeProvider time, ILogger<ScenarioLists> logger)
{
    /// <summary>Candidates that are retrieved at first, in multiples of the places.</summary>
    private const int FirstCandidates = 3;
    private const int MoreCandidates = 4;
    private const int MaximumCandidates = 2_000;

    /// <exception cref="RankerUnavailableException">The ranker did not answer.</exception>
    /// <exception cref="RefusedException">The request lacks what the scenario needs.</exception>
    internal async Task<ShownList> RetrieveAsync(
        CompiledScenario scenario, ScenarioQuery query, CancellationToken cancellationToken)
    {
        var scope = new ConditionScope(null, query.Subject.Attributes, query.Context, time.GetUtcNow());
        var rules = new ScenarioRules(
            scenario, scope, variants.CountAsOne && query.Candidates is null);
        var filter = FilterOf(scenario, query, rules);
        if (!scenario.HasRules)
        {
            var plain = await source.RetrieveAsync(scenario.Scenario, query, query.Count, filter, cancellationToken);
            return await ShowAsync(query, plain, [.. plain.Items.Take(query.Count)], [], cancellationToken);
        }
        for (var factor = 1; ; factor *= MoreCandidates)
        {
            var wanted = Math.Min(MaximumCandidates, query.Count * FirstCandidates * factor);
            var list = await source.RetrieveAsync(scenario.Scenario, query, wanted, filter, cancellationToken);
            var (arranged, isDone) = await ArrangeAsync(
                scenario, query, list, filter, rules, factor, cancellationToken);
            if ((arranged.Items.Count == query.Count && isDone) || !list.More || wanted >= MaximumCandidates)
            {
                return await ShowAsync(
                    query, list, [.. arranged.Items.Select(one => one.Item)],
                    [.. arranged.Items.Select(one => one.Rules)], cancellationToken);
            }
        }
    }

    private static ListFilter FilterOf(CompiledScenario scenario, ScenarioQuery query, ScenarioRules rules)
    {
        var filter = query.Basket.Count == 0 ? query.Filter : query.Filter.StartingFrom(query.Basket);
        filter = filter with { Repeats = scenario.Scenario.Repeats };
        return scenario.Filter is null
            ? filter : filter with { Condition = rules.Passes, ConditionSelector = rules.SelectFilter };
    }

    /// <returns>The list, and whether more candidates could not make it keep more of its limits.</returns>
    private async Task<(ArrangedList List, bool IsDone)> ArrangeAsync(
        CompiledScenario scenario, ScenarioQuery query, UserList list, ListFilter filter, ScenarioRules rules,
        int factor, CancellationToken cancellationToken)
    {
        var candidates = new List<Candidate>(list.Items.Count + query.Count);
        var known = await KnownAsync(list, cancellationToken);
        for (var i = 0; i < list.Items.Count; i++)
            candidates.Add(rules.Apply(list.Items[i], list.Source, known[i]));
        var exhausted = await promoted.AddAsync(
            candidates, scenario.Scenario, query, list, rules, filter, factor, cancellationToken);
        var exploredPlaces = await explored.AddAsync(
            candidates, scenario, query, list, rules, filter, cancellationToken);
        var pins = await PinsAsync(candidates, scenario, query, rules, filter, cancellationToken);
        var arranged = Arrangement.Of(
            candidates,
            pins,
            [.. scenario.Scenario.Promotions.Select(promotion => promotion.Share)],
            scenario.Scenario.Diversity,
            query.Count,
            exploredPlaces,
            await SimilaritiesAsync(scenario, [.. candidates, .. pins.Values], cancellationToken)
        );
        return (arranged, arranged.KeepsLimits && arranged.ShortPromotions.All(exhausted.Contains));
    }

    /// <returns>Null if the scenario does not ask for it.</returns>
    private async Task<ItemSimilarities?> SimilaritiesAsync(
        CompiledScenario scenario, IReadOnlyCollection<Candidate> candidates, CancellationToken cancellationToken)
    {
        if (scenario.Scenario.Diversity?.Similarity is null || similarity.LastOrDefault() is not { } model)
            return null;
        ItemId[] items = [.. candidates.Select(candidate => candidate.Item.ItemId).Distinct()];
        try
        {
            return await model.CompareAsync(items, cancellationToken);
        }
        catch (RankerUnavailableException problem)
        {
            logger.LogWarning(
                "A list is made without looking at similarity, since the model can't be had: {Problem}",
                problem.Message);
            return null;
        }
    }

    /// <summary>What the catalogue says of the items of a list, in their places.</summary>
    private async Task<CatalogItem?[]> KnownAsync(UserList list, CancellationToken cancellationToken)
    {
        if (list.Retrieval is { Eligibility.Filter.NeedsCatalogue: true } retrieval)
            return [.. retrieval.Chosen.Take(list.Items.Count).Select(item => item.Known)];
        var found = await catalog.FindAsync([.. list.Items.Select(item => item.ItemId)], cancellationToken);
        return [.. list.Items.Select(item => found.GetValueOrDefault(item.ItemId))];
    }

    /// <summary>The pinned items that may be shown. Further pages have none.</summary>
    private async Task<Dictionary<int, Candidate>> PinsAsync(
        List<Candidate> candidates, CompiledScenario scenario, ScenarioQuery query, ScenarioRules rules,
        ListFilter filter, CancellationToken cancellationToken)
    {
        if (scenario.Pins.Count == 0 || query.Filter.Seen is not null)
            return [];
        var pins = scenario.Pins.Where(pin => pin.Key < query.Count).ToList();
        var pinned = pins.Select(pin => pin.Value).ToHashSet();
        var missing = pinned.Except(candidates.Select(one => one.Item.ItemId)).ToList();
        var found = await catalog.FindAsync(missing, cancellationToken);
        var eligibility = new Eligibility(
            await catalog.UnavailableAsync(time.GetUtcNow(), cancellationToken),
            filter.Repeats == true ? null : query.Subject.ActedOn,
            filter)
        {
            Variants = query.Candidates is null ? await variants.FindAsync(cancellationToken) : ItemGroups.None,
        };
        var byItem = candidates.Where(one => pinned.Contains(one.Item.ItemId)).ToDictionary(one => one.Item.ItemId);
        foreach (var id in missing)
        {
            var item = found.GetValueOrDefault(id);
            if (eligibility.Allows(id) && filter.PassesAs(item))
                byItem[id] = rules.Apply(new RankedItem(id, Score.Of(0)), ListSource.Popular, item);
        }
        return pins.Where(pin => byItem.ContainsKey(pin.Value)).ToDictionary(pin => pin.Key, pin => byItem[pin.Value]);
    }

    private async Task<ShownList> ShowAsync(
        ScenarioQuery query, UserList list, IReadOnlyList<RankedItem> items,
        IReadOnlyList<IReadOnlyList<string>> rules, CancellationToken cancellationToken)
    {
        var shown = await catalog.WithTitlesAsync(items, time.GetUtcNow(), cancellationToken);
        if (rules.Any(one => one.Count > 0))
            shown = [.. shown.Zip(rules, (item, moved) => moved.Count == 0 ? item : item with { Rules = moved })];
        return new ShownList(query.Subject.User, list.Source, list.Model, list.UpdatedAt, shown)
        {
            More = list.More || list.Items.Count > items.Count,
            End = list.End,
        };
    }
}
