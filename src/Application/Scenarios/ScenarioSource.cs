using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Gives the candidates of a scenario, best first, of which none is ineligible.</summary>
internal sealed class ScenarioSource(
    UserLists lists,
    RetrievalPipeline pipeline,
    NewestSource newest,
    IItemCatalog catalog,
    Variants variants,
    IEnumerable<IPopularWindows> windows,
    RecommendationOptions options,
    TimeProvider time
)
{
    // The ranker ranks for users; this one stands for a visitor.
    private static readonly UserId s_visitor = UserId.Parse("visitor");

    /// <param name="scenario">The scenario.</param>
    /// <param name="query">What is asked of it.</param>
    /// <param name="count">How many candidates are wanted.</param>
    /// <param name="filter">What must hold of each.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RankerUnavailableException">The ranker did not answer.</exception>
    internal Task<UserList> RetrieveAsync(
        Scenario scenario, ScenarioQuery query, int count, ListFilter filter, CancellationToken cancellationToken)
    {
        if (query.Candidates is { } candidates)
            return CandidatesAsync(query, candidates, filter, cancellationToken);
        return scenario.Source switch
        {
            ScenarioSources.Similar => RankAsync(
                BasketOf(query), query.Subject.ActedOn, count, filter, scenario.FillUp, cancellationToken),
            ScenarioSources.Popular when scenario.Window is { } window =>
                WindowAsync(window, query, count, filter, cancellationToken),
            ScenarioSources.Popular => RankAsync(
                UserHistory.Empty, query.Subject.ActedOn, count, filter, fillsUp: true, cancellationToken),
            ScenarioSources.Newest => NewestAsync(scenario, query, count, filter, cancellationToken),
            ScenarioSources.Candidates =>
                throw new RefusedException("The scenario puts candidates in order: give some as candidates."),
            _ => PersonalAsync(scenario, query, count, filter, cancellationToken),
        };
    }

    private Task<UserList> PersonalAsync(
        Scenario scenario, ScenarioQuery query, int count, ListFilter filter, CancellationToken cancellationToken) =>
        query.Subject.Memory is { } memory
            ? lists.RetrieveAsync(
                memory, count, filter, alwaysAnswer: true, cancellationToken, scenario.FillUp,
                query.Stored ??= lists.FindStoredAsync(memory.UserId, cancellationToken), query.Variant)
            : RankAsync(
                query.Subject.History, query.Subject.ActedOn, count, filter, scenario.FillUp, cancellationToken);

    private async Task<UserList> RankAsync(
        UserHistory history, ActedOnItems actedOn, int count, ListFilter filter, bool fillsUp,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unavailable = await catalog.UnavailableAsync(time.GetUtcNow(), cancellationToken);
        // Whoever names the candidates wants them all.
        var groups = filter.Only is null ? await variants.FindAsync(cancellationToken) : ItemGroups.None;
        var repeats = filter.Repeats ?? options.AllowRepeats;
        var list = new ListRetrieval(
            new RankUser(s_visitor, history, RetrievalPipeline.FirstCount(count + 1, filter),
                Eligibility.ToTell(unavailable, groups), repeats),
            count + 1,
            new Eligibility(unavailable, repeats ? null : actedOn, filter) { Variants = groups }
        );
        var context = new RetrievalContext(Model: null, now, Budget: options.FirstListBudget) { FillsUp = fillsUp };
        var model = await pipeline.RetrieveAsync([list], context, cancellationToken);
        if (list is { Error: { } error, Kind: null })
            throw new RankerUnavailableException(error);
        return UserList.Of(list, count, ListSource.Realtime, model, now);
    }

    private async Task<UserList> NewestAsync(
        Scenario scenario, ScenarioQuery query, int count, ListFilter filter, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unavailable = await catalog.UnavailableAsync(now, cancellationToken);
        var groups = await variants.FindAsync(cancellationToken);
        var repeats = filter.Repeats ?? options.AllowRepeats;
        var list = new ListRetrieval(
            new RankUser(
                s_visitor, [], RetrievalPipeline.FirstCount(count + 1, filter),
                Eligibility.ToTell(unavailable, groups)),
            count + 1,
            new Eligibility(unavailable, repeats ? null : query.Subject.ActedOn, filter) { Variants = groups }
        );
        await newest.FillAsync(list, now, scenario.FillUp, cancellationToken);
        return UserList.Of(list, count, ListSource.Realtime, model: null, now);
    }

    private async Task<UserList> WindowAsync(
        string window, ScenarioQuery query, int count, ListFilter filter, CancellationToken cancellationToken)
    {
        var counted = windows.FirstOrDefault() ?? throw new RefusedException(
            "Popular items of a window are not counted here. Leave out the scenario's window.");
        var now = time.GetUtcNow();
        var popular = await counted.RankAsync(PopularInWindow.Windows[window], now, cancellationToken);
        var unavailable = await catalog.UnavailableAsync(time.GetUtcNow(), cancellationToken);
        var groups = await variants.FindAsync(cancellationToken);
        var repeats = filter.Repeats ?? options.AllowRepeats;
        var list = new ListRetrieval(
            new RankUser(s_visitor, [], count + 1, []),
            count + 1,
            new Eligibility(unavailable, repeats ? null : query.Subject.ActedOn, filter) { Variants = groups }
        );
        await pipeline.OfferAsync(list, popular, ListSource.Popular, cancellationToken);
        return UserList.Of(list, count, ListSource.Popular, model: null, now);
    }

    /// <summary>Those that the model ranks come first; the others keep the order in which they were given.</summary>
    private async Task<UserList> CandidatesAsync(
        ScenarioQuery query, IReadOnlyList<ItemId> candidates, ListFilter filter, CancellationToken cancellationToken)
    {
        // Whoever names the candidates wants them all, also those that the user acted on.
        var only = filter with { Only = candidates.ToHashSet(), Repeats = true };
        var ranked = await RankAsync(
            query.Subject.History, query.Subject.ActedOn, candidates.Count, only, fillsUp: false, cancellationToken);
        var unavailable = await catalog.UnavailableAsync(time.GetUtcNow(), cancellationToken);
        var known = ranked.Items.Select(item => item.ItemId).ToHashSet();
        var found = only.NeedsCatalogue ? await catalog.FindAsync([.. candidates], cancellationToken) : null;
        RankedItem[] others =
        [
            .. candidates.Distinct()
                .Where(item => !known.Contains(item) && !unavailable.Contains(item) && only.Passes(item)
                    && (found is null || only.PassesAs(found.GetValueOrDefault(item))))
                .Select(item => new RankedItem(item, Score.Of(0))
                {
                    Source = ranked.Items.Count > 0 && ranked.Source != ListSource.Popular ? ListSource.Popular : null,
                }),
        ];
        return ranked with
        {
            Items = RankedItems.FromStored([.. ranked.Items, .. others]),
            More = false,
            Retrieval = null,
        };
    }

    private UserHistory BasketOf(ScenarioQuery query)
    {
        if (query.Basket.Count == 0)
            throw new RefusedException("The scenario finds what goes with items: give some as basket.");
        var now = time.GetUtcNow();
        return UserHistory.From(query.Basket.Select(item => new HistoryEntry(item, options.EventTypes.Interest, now)));
    }
}
