using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>
/// One list being retrieved. Sources offer candidates in their order, one source after the other; what is eligible is
/// chosen until the list is full. The candidates are one sequence, which depends on the sources alone: not on how many
/// items are wanted, nor on how many candidates were asked for at a time. So any sizes of pages show the same items in
/// the same order.
/// </summary>
/// <param name="user">What to rank; its count is how many candidates to ask for first. Made only if
/// the ranker is asked.</param>
/// <param name="count">How many eligible items are wanted.</param>
/// <param name="eligibility">Which items may be in the list.</param>
internal sealed class ListRetrieval(Lazy<RankUser> user, int count, Eligibility eligibility)
{
    private readonly List<RetrievedItem> _chosen = new(Math.Min(count, RankedItems.DefaultStored + 1));
    private readonly bool _needsCatalogue = eligibility.Filter.NeedsCatalogue;
    private readonly SequencePlace? _begin = eligibility.Filter.Seen?.Place;
    private readonly bool _keepsPlaces = SeenItemsCursor.NeedsPlace(eligibility.Filter.Seen, count);
    private readonly List<RetrievedItem> _waiting = [];
    private readonly Queue<RetrievedItem> _variants = [];
    private RankedItems _offer = RankedItems.None;
    private ListSource _offerSource;
    private int _next;
    private RankedItems? _first;
    private HashSet<ItemId>? _offered;
    private HashSet<ItemId>? _products;
    private HashSet<ItemId>? _chosenProducts;
    private SequencePlace? _end;
    private int? _nextPersonal;
    private bool _knowsNextPersonal;

    internal ListRetrieval(RankUser user, int count, Eligibility eligibility)
        : this(new Lazy<RankUser>(user), count, eligibility)
    {
    }

    internal RankUser User => user.Value;

    /// <summary>How many eligible items are wanted.</summary>
    internal int Count => count;

    internal Eligibility Eligibility => eligibility;

    /// <summary>The eligible items so far, best first.</summary>
    internal IReadOnlyList<RetrievedItem> Chosen => _chosen;

    /// <summary>Whether pages were shown before this one.</summary>
    internal bool IsFurtherPage => eligibility.Filter.Seen is not null;

    /// <summary>Whether the page begins at a place, which only the whole sequence of candidates has.</summary>
    internal bool HasPlace => _begin is not null;

    internal bool IsFull => _chosen.Count >= count;

    /// <summary>The only items that can pass the filter; null where they are many, or not known.</summary>
    internal IReadOnlySet<ItemId>? Among { get; private set; } = eligibility.Filter.Only;

    /// <summary>The same with their variants: the only items that a ranker is asked for; null for any.</summary>
    internal IReadOnlySet<ItemId>? RankedAmong { get; private set; } = eligibility.Filter.Only;

    /// <summary>Whether the list may be narrowed: places count all candidates.</summary>
    internal bool CanNarrow => Among is null && !_keepsPlaces && _needsCatalogue;

    /// <summary>
    /// How many candidates the user's own ranking is asked for next; null once it gave all that it has.
    /// </summary>
    internal int? NextPersonal
    {
        get => _knowsNextPersonal ? _nextPersonal : User.History.Count > 0 ? User.Count : null;
        set => (_nextPersonal, _knowsNextPersonal) = (value, true);
    }

    /// <summary>Whether the user's own ranking has more to give to a list that is short.</summary>
    internal bool AsksRanker => !IsFull && Error is null && NextPersonal is not null;

    /// <summary>Whether the user acted on items, which are popular more often than not.</summary>
    internal bool HidesActedOn => eligibility.ActedOn is not null && User.History.Count > 0;

    /// <summary>What the ranker answered with; null before it did.</summary>
    internal RankingKind? Kind { get; set; }

    /// <summary>Why the ranking of the user failed, or was not continued; null if nothing failed.</summary>
    internal string? Error { get; set; }

    /// <summary>Whether a failure left the list shorter than it would be.</summary>
    internal bool IsCutShort { get; set; }

    /// <summary>What the ranker is asked next.</summary>
    internal RankUser NextQuery()
    {
        var query = NextPersonal == User.Count ? User : User with { Count = NextPersonal!.Value };
        return RankedAmong is null ? query : query with { Among = RankedAmong };
    }

    /// <summary>From now on only these items are candidates.</summary>
    internal void Narrow(IReadOnlySet<ItemId> among)
    {
        (Among, RankedAmong) = (among, among);
        // An item may be ranked as another variant of it.
        var variants = among.SelectMany(eligibility.Variants.VariantsOf).Where(item => !among.Contains(item)).ToList();
        if (variants.Count > 0)
            RankedAmong = among.Concat(variants).ToHashSet();
    }

    /// <summary>
    /// Takes the eligible ones of the candidates. Those that the source or another one offered before are skipped.
    /// Where items must be looked up, <see cref="Unsettled"/> gives them.
    /// </summary>
    internal void Offer(RankedItems candidates, ListSource source)
    {
        // Ids are only remembered from the second offer on: most lists are full after the first.
        if (_first is null)
            _first = candidates;
        else
            _offered ??= _first.Select(item => item.ItemId).ToHashSet();
        (_offer, _offerSource, _next) = (candidates, source, 0);
        if (_needsCatalogue)
            return;
        while (!IsFull && Next() is { } item)
        {
            if (IsChoice(item.ItemId))
                _chosen.Add(item);
        }
    }

    /// <summary>
    /// The next candidates that must be looked up in the catalogue; empty if there are none, or if the list is full.
    /// </summary>
    internal IReadOnlyList<ItemId> Unsettled(int limit)
    {
        if (IsFull)
            return [];
        while (_waiting.Count < limit && Next() is { } item)
            _waiting.Add(item);
        return _waiting.Count == 0 ? [] : [.. _waiting.Select(item => item.ItemId)];
    }

    /// <summary>Chooses of the waiting candidates those that pass.</summary>
    internal void Settle(IReadOnlyDictionary<ItemId, CatalogItem> found)
    {
        var settled = 0;
        for (var at = 0; at < _waiting.Count; at++)
        {
            var item = _waiting[at].LookedUpIn(found);
            if (IsFull)
            {
                _waiting[at] = item;
                continue;
            }
            settled++;
            if (eligibility.Filter.PassesAs(item.Known) && IsChoice(item.ItemId))
                _chosen.Add(item);
        }
        _waiting.RemoveRange(0, settled);
    }

    /// <summary>
    /// Takes candidates from behind the chosen ones, in their order: first those that were chosen beyond a number, and
    /// then those that the last source has left. They are gone from the list. Empty at the end.
    /// </summary>
    internal List<RetrievedItem> TakeOn(int shown, int limit)
    {
        var taken = new List<RetrievedItem>(limit);
        if (_chosen.Count > shown)
        {
            taken.AddRange(_chosen.Skip(shown));
            foreach (var item in taken)
                _chosenProducts?.Remove(eligibility.Variants.MainOf(item.ItemId));
            _chosen.RemoveRange(shown, _chosen.Count - shown);
        }
        taken.AddRange(_waiting);
        _waiting.Clear();
        while (taken.Count < limit && Next() is { } item)
            taken.Add(item);
        return taken;
    }

    /// <summary>To be called when all sources have offered what they have.</summary>
    /// <exception cref="RefusedException">The place at which the page was to begin is not in the sequence.</exception>
    internal void RequirePlace()
    {
        if (_begin is { } begin && !(_end?.Candidates >= begin.Candidates))
            throw ListChanged();
    }

    /// <summary>The next eligible candidate of the last offer; null if there is none.</summary>
    private RetrievedItem? Next()
    {
        while (_variants.Count == 0 && _next < _offer.Count)
        {
            var at = _next++;
            var id = _offer.IdAt(at);
            if (_offered?.Add(id) == false)
                continue;
            if (eligibility.Variants.VariantsOf(id) is { Count: > 0 } variants)
                AddVariants(at, id, variants);
            else if (Reaches(id) && Among?.Contains(id) != false && eligibility.AllowsItself(id))
                return new RetrievedItem(_offer, at, id, _offerSource, _end ?? default);
        }
        return _variants.TryDequeue(out var variant) ? variant : null;
    }

    /// <summary>
    /// A product has the place of its best variant. If that one may not be in the list, another takes its place. So the
    /// place of a product does not depend on how many candidates there are.
    /// </summary>
    private void AddVariants(int at, ItemId best, IReadOnlyList<ItemId> variants)
    {
        if (!(_products ??= []).Add(variants[0]) || !Reaches(best) || !eligibility.AllowsProduct(variants))
            return;
        foreach (var variant in variants.Where(one => one != best).Prepend(best))
        {
            if (Among?.Contains(variant) != false && eligibility.AllowsItself(variant))
                _variants.Enqueue(new RetrievedItem(_offer, at, variant, _offerSource, _end ?? default));
        }
    }

    /// <summary>Whether no other variant of the item was chosen. From then on it is the one.</summary>
    private bool IsChoice(ItemId item) => !eligibility.Variants.Contains(item)
        || (_chosenProducts ??= []).Add(eligibility.Variants.MainOf(item));

    /// <summary>Whether the page has begun when a candidate comes.</summary>
    private bool Reaches(ItemId candidate)
    {
        if (!_keepsPlaces)
            return true;
        _end = (_end ?? new SequencePlace(0, eligibility.Filter.Stamp())).After(candidate);
        if (_begin is not { } begin || _end.Value.Candidates > begin.Candidates)
            return true;
        return _end.Value.Candidates == begin.Candidates && _end != begin ? throw ListChanged() : false;
    }

    private static RefusedException ListChanged() =>
        new(
            $"The list changed after {SeenItemsCursor.MaximumItems:n0} and more items of it had been shown, or the "
                + "cursor is of "
                + "another list. Omit the cursor to begin with the new list."
        );
}
