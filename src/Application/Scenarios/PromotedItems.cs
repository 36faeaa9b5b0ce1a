using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>
/// Adds the items of promotions of which the candidates have too few: those that come next in what was retrieved
/// already, and if these are too few, they are retrieved by themselves.
/// </summary>
internal sealed class PromotedItems(ScenarioSource source, RetrievalPipeline pipeline, IItemCatalog catalog)
{
    /// <returns>The promotions of which there are no more items.</returns>
    internal async Task<HashSet<int>> AddAsync(
        List<Candidate> candidates, Scenario scenario, ScenarioQuery query, UserList list, ScenarioRules rules,
        ListFilter filter, int factor, CancellationToken cancellationToken)
    {
        var exhausted = new HashSet<int>();
        if (scenario.Promotions.Count == 0)
            return exhausted;
        if (query.Candidates is not null)
            return [.. Enumerable.Range(0, scenario.Promotions.Count)];
        var missing = new int[scenario.Promotions.Count];
        for (var place = 0; place < missing.Length; place++)
            missing[place] = factor * (int)Math.Ceiling(scenario.Promotions[place].Share * query.Count);
        foreach (var candidate in candidates)
        {
            if (candidate.Promotion is { } place)
                missing[place]--;
        }
        var needed = missing.Select((count, place) => count > 0
            ? factor * (int)Math.Ceiling(scenario.Promotions[place].Share * query.Count) : 0).ToArray();
        if (Array.Exists(missing, count => count > 0) && list.Retrieval is { } retrieval)
            await GoOnAsync(retrieval, candidates, list, rules, missing, cancellationToken);
        for (var place = 0; place < missing.Length; place++)
        {
            if (missing[place] <= 0)
                continue;
            var more = await RetrieveAsync(place, needed[place], scenario, query, rules, filter, cancellationToken);
            var items = await catalog.FindAsync([.. more.Items.Select(item => item.ItemId)], cancellationToken);
            var known = candidates.Select(one => one.Item.ItemId).ToHashSet();
            candidates.AddRange(more.Items.Where(item => !known.Contains(item.ItemId))
                .Select(item => rules.Apply(item, more.Source, items.GetValueOrDefault(item.ItemId))));
            if (!more.More)
                exhausted.Add(place);
        }
        return exhausted;
    }

    private Task GoOnAsync(
        ListRetrieval retrieval, List<Candidate> candidates, UserList list, ScenarioRules rules, int[] missing,
        CancellationToken cancellationToken)
    {
        var products = candidates.Select(one => one.Product).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return pipeline.GoOnAsync(
            retrieval,
            list.Items.Count,
            item =>
            {
                if (rules.PromotionOf(item.Known) is not { } place || missing[place] <= 0)
                    return true;
                var candidate = rules.Apply(item.MarkedIn(list.Source), list.Source, item.Known);
                if (candidate.Product is { } product && !products.Add(product))
                    return true;
                candidates.Add(candidate);
                missing[place]--;
                return Array.Exists(missing, count => count > 0);
            },
            cancellationToken);
    }

    private Task<UserList> RetrieveAsync(
        int place, int count, Scenario scenario, ScenarioQuery query, ScenarioRules rules, ListFilter filter,
        CancellationToken cancellationToken)
    {
        var promoted = filter with
        {
            Condition = item => filter.PassesAs(item) && rules.PromotionOf(item) == place,
            ConditionSelector = () => filter.Selector.And(rules.SelectPromotion(place)),
        };
        return source.RetrieveAsync(scenario, query, count, promoted, cancellationToken);
    }
}
