namespace Recommendation.Domain.Scenarios;

/// <summary>
/// Puts candidates into the places of a list: pins stand at their places, promotions get their shares of the other
/// places, evenly spread, and the best of the rest fills what is left, all within the limits of diversity. Of the
/// variants of a product one is in the list at most.
/// </summary>
/// <remarks>
/// A promotion gets fewer places only if it has too few items, or diversity forbids more. Diversity is given up only
/// where a place would stay empty.
/// </remarks>
public sealed class Arrangement
{
    private const string Pinned = "pin";
    private const string Explored = "exploration";

    private readonly Candidate?[] _places;

    /// <summary>The candidates of each promotion, and at the end those of none.</summary>
    private readonly CandidatePool[] _pools;
    private readonly DiversityLimit _limit;
    private readonly Diversity? _diversity;
    private readonly MarginalRelevance? _relevance;
    private readonly Dictionary<Candidate, PassedOver> _passedOver = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _products = new(StringComparer.Ordinal);
    private bool _keepsLimits = true;
    private int[] _short = [];

    private Arrangement(
        Candidate[] candidates, int promotions, Diversity? diversity, ItemSimilarities similarities, int count)
    {
        _diversity = diversity;
        if (diversity?.Similarity is { } weight)
            _relevance = new MarginalRelevance(weight, similarities, candidates);
        _places = new Candidate?[count];
        _limit = new DiversityLimit(diversity, count);
        _pools = new CandidatePool[promotions + 1];
        for (var pool = 0; pool < _pools.Length; pool++)
            _pools[pool] = new CandidatePool(candidates.Length);
        var order = new int[candidates.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (one, other) => Compare(candidates, one, other));
        foreach (var i in order)
            _pools[candidates[i].Promotion ?? promotions].Add(candidates[i]);
    }

    /// <param name="candidates">Distinct items. Equal scores keep their order.</param>
    /// <param name="pins">Items by place, from 0; those that may be shown.</param>
    /// <param name="shares">The shares of the promotions.</param>
    /// <param name="diversity">The limits of likeness; null for none.</param>
    /// <param name="count">How many places the list has.</param>
    /// <param name="explored">How many places go to candidates that are explored, which have the number behind those of
    /// the promotions.</param>
    /// <param name="similarities">How alike the candidates and pins are, if diversity looks at it; null for not at all.
    /// </param>
    public static ArrangedList Of(
        IReadOnlyCollection<Candidate> candidates,
        IReadOnlyDictionary<int, Candidate> pins,
        IReadOnlyList<double> shares,
        Diversity? diversity,
        int count,
        int explored = 0,
        ItemSimilarities? similarities = null
    )
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(pins);
        ArgumentNullException.ThrowIfNull(shares);
        var pinned = pins.Values.Select(pin => pin.Item.ItemId).ToHashSet();
        var list = new Arrangement(
            [.. candidates.Where(candidate => !pinned.Contains(candidate.Item.ItemId))],
            shares.Count + 1,
            diversity,
            similarities ?? ItemSimilarities.None,
            count
        );
        foreach (var (place, pin) in pins.Where(pin => pin.Key < count).OrderBy(pin => pin.Key))
        {
            if (list.IsFree(pin))
                list.Put(place, pin with { Rules = [.. pin.Rules, Pinned] });
        }
        list.Fill(shares, explored);
        return new(
            [.. list._places.TakeWhile(place => place is not null).Select(place => place!)],
            list._keepsLimits,
            list._short
        );
    }

    private void Fill(IReadOnlyList<double> shares, int explored)
    {
        var targets = new int[shares.Count + 1];
        for (var promotion = 0; promotion < shares.Count; promotion++)
            targets[promotion] = Target(shares[promotion], promotion);
        targets[^1] = explored;
        var given = new int[targets.Length];
        var free = _places.Count(place => place is null);
        for (var (place, filled) = (0, 0); place < _places.Length; place++)
        {
            if (_places[place] is not null)
                continue;
            if (Next(place, filled, free, targets, given) is not { } next)
                return;
            next = Named(next);
            if (next.Promotion is { } taken)
            {
                var rule = taken < shares.Count ? $"promotion {taken + 1}" : Explored;
                if (given[taken]++ < targets[taken])
                    next = next with { Rules = [.. next.Rules, rule] };
                else
                    _keepsLimits = false;
            }
            Put(place, next);
            filled++;
        }
        _short = [.. Enumerable.Range(0, shares.Count).Where(promotion => given[promotion] < targets[promotion])];
    }

    /// <summary>The candidate with the rule that gave an earlier place to a worse one.</summary>
    private Candidate Named(Candidate candidate)
    {
        if (_diversity is null || !_passedOver.TryGetValue(candidate, out var by))
            return candidate;
        var rule = by == PassedOver.ByLimit ? _diversity.By : "similarity";
        return candidate with { Rules = [.. candidate.Rules, $"diversity: {rule}"] };
    }

    /// <summary>What comes to a place: what a promotion is due, the best of no promotion, of any, of all.</summary>
    private Candidate? Next(int place, int filled, int free, int[] targets, int[] given)
    {
        var owed = 0;
        for (var promotion = 0; promotion < targets.Length; promotion++)
            owed += Math.Max(0, targets[promotion] - given[promotion]);
        // The last places are all theirs if promotions that were due at the same place had to wait.
        var isLast = owed >= free - filled;
        for (var promotion = 0; promotion < targets.Length; promotion++)
        {
            var due = isLast ? targets[promotion] : (long)targets[promotion] * (filled + 1) / free;
            if (given[promotion] < due && Next(place, promotion) is { } promoted)
                return promoted;
        }
        if (Next(place, targets.Length) is { } best)
            return best;
        for (var promotion = 0; promotion < targets.Length; promotion++)
        {
            if (Next(place, promotion) is { } promoted)
                return promoted;
        }
        return AnyOf();
    }

    /// <summary>How many places are a promotion's, the pinned ones apart.</summary>
    private int Target(double share, int promotion) => Math.Max(
        0,
        (int)Math.Floor((share * _places.Length) + 1e-9) - _places.Count(place => place?.Promotion == promotion));

    /// <summary>The best unused candidate of a pool that diversity allows at a place; null if there is none.</summary>
    private Candidate? Next(int place, int pool) => _pools[pool].Take(
        IsFree,
        candidate => _limit.Allows(place, candidate.Values),
        _relevance,
        (candidate, by) => _passedOver.TryAdd(candidate, by));

    /// <summary>The best unused candidate, if diversity allows none.</summary>
    private Candidate? AnyOf()
    {
        for (var pool = _pools.Length - 1; pool >= 0; pool--)
        {
            if (_pools[pool].Take(IsFree, _ => true, _relevance) is not { } any)
                continue;
            _keepsLimits = false;
            return any;
        }
        return null;
    }

    /// <summary>Whether no other variant of a candidate is in the list.</summary>
    private bool IsFree(Candidate candidate) => candidate.Product is not { } product || !_products.Contains(product);

    private void Put(int place, Candidate candidate)
    {
        _relevance?.Add(candidate.Item.ItemId);
        if (candidate.Product is { } product)
            _products.Add(product);
        _places[place] = candidate;
        _limit.Add(place, candidate.Values);
    }

    /// <summary>Equal scores keep their order.</summary>
    private static int Compare(Candidate[] candidates, int one, int other)
    {
        var byBlock = candidates[one].Block.CompareTo(candidates[other].Block);
        if (byBlock != 0)
            return byBlock;
        var byScore = candidates[other].Item.Score.CompareTo(candidates[one].Item.Score);
        return byScore != 0 ? byScore : one.CompareTo(other);
    }
}

/// <summary>A list that was arranged.</summary>
/// <param name="Items">The items in their places.</param>
/// <param name="KeepsLimits">
/// Whether no place would have stayed empty within the limits of diversity, and no promotion has more than its share.
/// </param>
/// <param name="ShortPromotions">The promotions that have less than their share.</param>
public sealed record ArrangedList(
    IReadOnlyList<Candidate> Items, bool KeepsLimits, IReadOnlyList<int> ShortPromotions);
