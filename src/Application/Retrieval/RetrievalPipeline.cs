using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>
/// How every list is made: candidates → eligible → enough? → widen → fill up → truncate. The candidates are those that
/// the lists were offered already (a stored list), then the ranking of the user's history, then the popular items, then
/// the rest of the catalogue, which nobody has come to yet. A source that leaves a list short is asked for twice as
/// many, until it has no more; nothing is truncated before it is filtered. So a list is short only if too
/// few items are eligible.
/// </summary>
internal sealed class RetrievalPipeline(
    IRanker ranker, IItemCatalog catalog, IEnumerable<IItemPages> pages, Narrowing narrowing, PopularFallback fallback,
    TimeProvider time, ILogger<RetrievalPipeline> logger)
{
    /// <summary>How many items are looked up at once.</summary>
    private const int LookedUpAtOnce = 1000;

    /// <summary>How many more items are looked up at first than a list of a filter needs at least.</summary>
    private const int FewMore = 8;

    /// <summary>With a filter, so many candidates are asked for at least: most of them may not pass.</summary>
    private const int CandidatesOfFilters = 1000;

    /// <summary>How much of the catalogue a request reads at most: a filter may let nothing through.</summary>
    private const int CatalogueItems = 200_000;

    /// <summary>How many candidates to ask for first, so that one call is enough in most cases.</summary>
    internal static int FirstCount(int count, ListFilter filter)
    {
        var candidates = count + filter.Removed;
        return filter.NeedsCatalogue ? Math.Max(CandidatesOfFilters, candidates) : candidates;
    }

    /// <summary>
    /// Fills the lists, with one call of the ranker for all of them, and further calls for those that are left short.
    /// </summary>
    /// <returns>The model that ranked; null if there is none, or if the ranker was not needed.</returns>
    /// <exception cref="RankerUnavailableException"> The first call failed. Later failures are the errors of lists; a
    /// list that could not be filled up is cut short.
    /// </exception>
    /// <exception cref="UnavailableException">The catalogue can't be read.</exception>
    internal async Task<ModelVersion?> RetrieveAsync(
        IReadOnlyList<ListRetrieval> lists, RetrievalContext context, CancellationToken cancellationToken)
    {
        using var calls = new RankerCalls(ranker, context, time);
        foreach (var list in lists)
        {
            await SettleAsync(list, cancellationToken);
            await narrowing.NarrowRareAsync(list, cancellationToken);
        }
        await RankAsync(lists, calls, context, cancellationToken);
        if (context.FillsUp)
        {
            foreach (var narrow in lists.Where(list => list.Among is not null))
            {
                await FillUpAsync([narrow], calls, context, cancellationToken);
                await OfferUnrankedAsync(narrow, cancellationToken);
            }
            ListRetrieval[] wide = [.. lists.Where(list => list.Among is null)];
            await FillUpAsync(wide, calls, context, cancellationToken);
            await FillFromCatalogueAsync(wide, cancellationToken);
        }
        return calls.Model;
    }

    /// <summary>Fills a list from candidates that are known, and from nothing else.</summary>
    internal async Task OfferAsync(
        ListRetrieval list, RankedItems candidates, ListSource source, CancellationToken cancellationToken)
    {
        await narrowing.NarrowRareAsync(list, cancellationToken);
        list.Offer(candidates, source);
        await SettleAsync(list, cancellationToken);
    }

    private async Task RankAsync(
        IReadOnlyList<ListRetrieval> lists, RankerCalls calls, RetrievalContext context,
        CancellationToken cancellationToken)
    {
        while (lists.Where(list => list.AsksRanker).ToList() is { Count: > 0 } open)
        {
            var (rankings, error) = await calls.AskAsync([.. open.Select(list => list.NextQuery())], cancellationToken);
            for (var i = 0; i < open.Count; i++)
            {
                var ranking = error is null ? rankings[i] : Ranking.Failed(open[i].User.UserId, error);
                Take(open[i], ranking, context.Personal);
                await SettleAsync(open[i], cancellationToken);
                await narrowing.NarrowAsync(open[i], cancellationToken);
            }
        }
    }

    private static void Take(ListRetrieval list, Ranking ranking, ListSource personal)
    {
        if (ranking.Kind == RankingKind.Failed)
        {
            (list.Error, list.IsCutShort) = (ranking.Error ?? "The ranker failed for this user.", true);
            return;
        }
        list.Kind = ranking.Kind;
        list.Offer(ranking.Items, ranking.Kind == RankingKind.Popular ? ListSource.Popular : personal);
        list.NextPersonal = ranking.Items.Count < list.NextPersonal ? null : Twice(list.NextPersonal!.Value);
    }

    /// <summary>
    /// The popular items are the same for all lists that are not narrowed, so that they are asked for once. A narrowed
    /// list is alone.
    /// </summary>
    private async Task FillUpAsync(
        IReadOnlyList<ListRetrieval> lists, RankerCalls calls, RetrievalContext context,
        CancellationToken cancellationToken)
    {
        // A ranking that was made of the popular items has given them all.
        var open = lists.Where(list => list is { IsFull: false, Error: null, Kind: not RankingKind.Popular }).ToList();
        for (var count = 0; open.Count > 0; open.RemoveAll(list => list.IsFull))
        {
            count = count == 0 ? FirstPopular(open, context.Now) : Twice(count);
            var among = open[0].RankedAmong;
            var (popular, error) = await calls.PopularAsync(
                count, WithoutVariants(open[0].Eligibility), among, cancellationToken);
            if (error is not null)
            {
                logger.LogWarning(
                    "{Lists} lists stay shorter than was asked for, since the popular items could not be read: "
                        + "{Problem}",
                    open.Count, error);
                open.ForEach(list => list.IsCutShort = true);
                return;
            }
            if (count >= RankedItems.DefaultStored && among is null)
                fallback.Remember(popular, calls.Model, context.Now);
            foreach (var list in open)
            {
                list.Offer(popular, ListSource.Popular);
                await SettleAsync(list, cancellationToken);
            }
            if (popular.Count < count)
                return;
        }
    }

    /// <summary>Of a narrowed list, the items that are in no ranking.</summary>
    private async Task OfferUnrankedAsync(ListRetrieval list, CancellationToken cancellationToken)
    {
        if (list is not { IsFull: false, Error: null, IsCutShort: false })
            return;
        var items = list.Among!.Order().Select(item => new RankedItem(item, Score.Of(0), []));
        list.Offer(RankedItems.FromStored([.. items]), ListSource.Popular);
        await SettleAsync(list, cancellationToken);
    }

    /// <summary>Items that are in no ranking are the least popular of all.</summary>
    private async Task FillFromCatalogueAsync(IReadOnlyList<ListRetrieval> lists, CancellationToken cancellationToken)
    {
        if (pages.LastOrDefault() is not { } catalogue)
            return;
        var open = lists.Where(list => list is { IsFull: false, Error: null, IsCutShort: false }).ToList();
        ItemId? after = null;
        for (var read = 0; open.Count > 0; open.RemoveAll(list => list.IsFull))
        {
            var items = await catalogue.ReadOnAsync(after, LookedUpAtOnce, cancellationToken);
            if (items.Count == 0)
                return;
            if ((read += items.Count) > CatalogueItems)
            {
                logger.LogWarning(
                    "{Lists} lists stay shorter than was asked for: of the first {Items} items of the catalogue too "
                        + "few pass their filters",
                    open.Count, CatalogueItems);
                open.ForEach(list => list.IsCutShort = true);
                return;
            }
            var candidates = RankedItems.FromStored([
                .. items.Select(item => new RankedItem(item.ItemId, Score.Of(0), [])),
            ]);
            foreach (var list in open)
            {
                list.Offer(candidates, ListSource.Popular);
                await SettleAsync(list, cancellationToken);
            }
            after = items[^1].ItemId;
        }
    }

    /// <summary>What a ranker is told to leave out of the popular items.</summary>
    private static IReadOnlyCollection<ItemId> WithoutVariants(Eligibility eligibility) =>
        Eligibility.WithoutVariants(eligibility.Unavailable, eligibility.Variants);

    private int FirstPopular(List<ListRetrieval> open, DateTimeOffset now)
    {
        // What a user acted on is popular more often than not.
        var count = open.Max(list =>
            FirstCount(list.HidesActedOn ? 2 * list.Count : list.Count, list.Eligibility.Filter)
        );
        return fallback.IsOld(now) ? Math.Max(RankedItems.DefaultStored, count) : count;
    }

    /// <summary>
    /// Looks up candidates in their order, and not many more than until the list is full.
    /// </summary>
    internal async Task SettleAsync(ListRetrieval list, CancellationToken cancellationToken)
    {
        var limit = Math.Min(LookedUpAtOnce, list.Count + (list.Count / 2) + FewMore);
        while (list.Unsettled(limit) is { Count: > 0 } items)
        {
            list.Settle(await catalog.FindAsync(items, cancellationToken));
            limit = Math.Min(LookedUpAtOnce, 2 * limit);
        }
    }

    /// <summary>
    /// Goes on through what a list was offered, behind the items that are shown. What it reads is not in the list any
    /// more.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="shown">How many of its items are shown.</param>
    /// <param name="visit">Takes an eligible item that passes; false to stop.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task GoOnAsync(
        ListRetrieval list, int shown, Func<RetrievedItem, bool> visit, CancellationToken cancellationToken)
    {
        var limit = FewMore;
        for (; list.TakeOn(shown, limit) is { Count: > 0 } items; limit = Math.Min(LookedUpAtOnce, 2 * limit))
        {
            ItemId[] unknown = [.. items.Where(item => !item.IsLookedUp).Select(item => item.ItemId)];
            var found = unknown.Length > 0 ? await catalog.FindAsync(unknown, cancellationToken) : null;
            foreach (var item in items)
            {
                var known = item.IsLookedUp ? item : item.LookedUpIn(found!);
                if (list.Eligibility.Filter.PassesAs(known.Known) && !visit(known))
                    return;
            }
        }
    }

    private static int Twice(int count) => (int)Math.Min(2L * count, int.MaxValue / 2);
}
