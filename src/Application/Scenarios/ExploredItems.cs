using System.Globalization;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Domain;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;
using Recommendation.Domain.Statistics;

namespace Recommendation.Application.Scenarios;

/// <summary>
/// Gives places of a list to new items, so that they get feedback at all: those that Thompson sampling draws by the
/// feedback that they have. The draws depend on the scenario, the user and the day, so a list is the same all day.
/// </summary>
internal sealed class ExploredItems(
    IEnumerable<INewestItems> newest, IEnumerable<IFeedbackCounts> counts, ExplorationFigures figures,
    IItemCatalog catalog, Variants variants, IMediator mediator, TimeProvider time)
{
    /// <summary>So many of the newest items are looked at.</summary>
    private const int MostItems = 500;

    /// <summary>Adds the items that are drawn, as those of a promotion behind the scenario's own.</summary>
    /// <returns>How many places they get.</returns>
    internal async Task<int> AddAsync(
        List<Candidate> candidates, CompiledScenario scenario, ScenarioQuery query, UserList list, ScenarioRules rules,
        ListFilter filter, CancellationToken cancellationToken)
    {
        if (scenario.Scenario.Exploration is not { } exploration || query.Candidates is not null
            || newest.LastOrDefault() is not { } items || counts.LastOrDefault() is not { } feedback)
            return 0;
        var now = time.GetUtcNow();
        var random = new Random(SeedOf(scenario, query, now));
        var places = PlacesOf(exploration, scenario.Scenario, query.Count, random.NextDouble());
        if (places == 0)
            return 0;
        var eligible = await EligibleAsync(
            items, candidates, exploration, query, filter, now, cancellationToken);
        if (eligible.Count == 0)
            return 0;
        var known = await figures.ReadAsync(exploration.Days, feedback, mediator, now, cancellationToken);
        // In the order of the ids: a draw is of its item, however the items are read.
        var drawn = eligible.OrderBy(item => item.ItemId)
            .Select(item => (Item: item, Rate: Draw(random, known.GetValueOrDefault(item.ItemId)))).ToList()
            .OrderByDescending(one => one.Rate).Take(places).Select(one => one.Item).ToList();
        var ids = drawn.Select(item => item.ItemId).ToHashSet();
        candidates.RemoveAll(candidate => ids.Contains(candidate.Item.ItemId));
        candidates.AddRange(drawn.Select(item => rules.Apply(
            new RankedItem(item.ItemId, Score.Of(0)) { Source = ListSource.Exploration }, list.Source, item) with
        {
            Promotion = scenario.Promotions.Count,
        }));
        return drawn.Count;
    }

    /// <summary>The share of the places in the mean over many lists: each list gets a whole number.</summary>
    private static int PlacesOf(Exploration exploration, Scenario scenario, int count, double draw)
    {
        var promised = scenario.Promotions.Sum(promotion => (int)Math.Floor((promotion.Share * count) + 1e-9));
        return Math.Clamp((int)Math.Floor((exploration.Share * count) + draw), 0, Math.Max(0, count - promised));
    }

    private static double Draw(Random random, Feedback.ItemFigures? figures) =>
        ThompsonSampling.Draw(
            random, figures?.Clicks ?? 0, Math.Max(0, (figures?.Impressions ?? 0) - (figures?.Clicks ?? 0)));

    /// <summary>The new items that may be in the list, and are not among its first places by themselves.</summary>
    private async Task<List<CatalogItem>> EligibleAsync(
        INewestItems items, List<Candidate> candidates, Exploration exploration, ScenarioQuery query, ListFilter filter,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var eligibility = new Eligibility(
            await catalog.UnavailableAsync(now, cancellationToken),
            filter.Repeats == true ? null : query.Subject.ActedOn,
            filter)
        {
            Variants = await variants.FindAsync(cancellationToken),
        };
        var first = candidates.OrderBy(one => one.Block).ThenByDescending(one => one.Item.Score).Take(query.Count)
            .ToList();
        var shown = first.Select(one => one.Item.ItemId).ToHashSet();
        var products = first.Select(one => one.Product).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var ids = await items.ReadNewestAsync(now, MostItems, cancellationToken);
        var found = await catalog.FindAsync(ids, cancellationToken);
        return
        [
            .. ids.Where(id => !shown.Contains(id) && eligibility.Allows(id)).Select(id => found.GetValueOrDefault(id))
                .OfType<CatalogItem>()
                .Where(item => item.CreatedAt >= now.AddDays(-exploration.Days) && filter.PassesAs(item))
                .Where(item => eligibility.Variants.VariantsOf(item.ItemId).Count == 0 || products.Add(item.Group!)),
        ];
    }

    private static int SeedOf(CompiledScenario scenario, ScenarioQuery query, DateTimeOffset now)
    {
        var who = query.Subject.User is { } user
            ? $"user {user}" : $"visitor {string.Join(' ', query.Subject.History.Select(entry => entry.ItemId))}";
        return unchecked((int)StableHash.Of(string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario.Name} {scenario.Number} {now.UtcDateTime:yyyyMMdd} {query.Filter.Seen} {who}")));
    }
}
