namespace Recommendation.Domain.Scenarios;

/// <summary>
/// Puts candidates into the places of a list: pins stand at their places, promotions get their shares of the other
/// places, evenly spread, and the best of the rest fills what is left, all within the limits of diversity.
/// </summary>
/// <remarks>
/// A promotion gets fewer places only if it has too few items, or diversity forbids more. Diversity is given up only
/// where a place would stay empty.
/// </remarks>
public sealed class Arrangement
{
    private const string Pinned = "pin";

    private readonly Candidate?[] _places;
    private readonly Queue<Candidate>[] _unused;
    private readonly DiversityLimit _limit;
    private readonly int _promotions;
    private bool _keepsLimits = true;
    private int[] _short = [];

    private Arrangement(IEnumerable<Candidate> candidates, int promotions, Diversity? diversity, int count)
    {
        (_places, _promotions) = (new Candidate?[count], promotions);
        _limit = new DiversityLimit(diversity, count);
        var ordered = candidates
            .OrderBy(candidate => candidate.Block)
            .ThenByDescending(candidate => candidate.Item.Score)
            .ToLookup(candidate => candidate.Promotion ?? promotions);
        _unused = [.. Enumerable.Range(0, promotions + 1).Select(pool => new Queue<Candidate>(ordered[pool]))];
    }

    /// <param name="candidates">Distinct items. Equal scores keep their order.</param>
    /// <param name="pins">Items by place, from 0; those that may be shown.</param>
    /// <param name="shares">The shares of the promotions.</param>
    /// <param name="diversity">The limits of likeness; null for none.</param>
    /// <param name="count">How many places the list has.</param>
    public static ArrangedList Of(
        IReadOnlyCollection<Candidate> candidates,
        IReadOnlyDictionary<int, Candidate> pins,
        IReadOnlyList<double> shares,
        Diversity? diversity,
        int count
    )
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(pins);
        ArgumentNullException.ThrowIfNull(shares);
        var pinned = pins.Values.Select(pin => pin.Item.ItemId).ToHashSet();
        var list = new Arrangement(
            candidates.Where(candidate => !pinned.Contains(candidate.Item.ItemId)), shares.Count, diversity, count);
        foreach (var (place, pin) in pins.Where(pin => pin.Key < count))
            list.Put(place, pin with { Rules = [.. pin.Rules, Pinned] });
        list.Fill(shares);
        return new(
            [.. list._places.TakeWhile(place => place is not null).Select(place => place!)],
            list._keepsLimits,
            list._short
        );
    }

    private void Fill(IReadOnlyList<double> shares)
    {
        var free = Enumerable.Range(0, _places.Length).Where(place => _places[place] is null).ToArray();
        var targets = shares.Select((share, promotion) => Target(share, promotion)).ToArray();
        var given = new int[targets.Length];
        for (var k = 0; k < free.Length; k++)
        {
            // The last places are all theirs if promotions that were due at the same place had to wait.
            var isLast = targets.Zip(given, (target, one) => Math.Max(0, target - one)).Sum() >= free.Length - k;
            var due = Enumerable.Range(0, targets.Length).Where(promotion =>
                given[promotion] < (isLast ? targets[promotion] : (long)targets[promotion] * (k + 1) / free.Length));
            var next = due.Select(promotion => Next(free[k], promotion)).FirstOrDefault(one => one is not null)
                ?? Next(free[k], _promotions)
                ?? Enumerable.Range(0, _promotions).Select(promotion => Next(free[k], promotion))
                    .FirstOrDefault(one => one is not null)
                ?? AnyOf();
            if (next is null)
                return;
            if (next.Promotion is { } taken)
            {
                if (given[taken]++ < targets[taken])
                    next = next with { Rules = [.. next.Rules, $"promotion {taken + 1}"] };
                else
                    _keepsLimits = false;
            }
            Put(free[k], next);
        }
        _short = [.. Enumerable.Range(0, targets.Length).Where(promotion => given[promotion] < targets[promotion])];
    }

    /// <summary>How many places are a promotion's, the pinned ones apart.</summary>
    private int Target(double share, int promotion) => Math.Max(
        0,
        (int)Math.Floor((share * _places.Length) + 1e-9) - _places.Count(place => place?.Promotion == promotion));

    /// <summary>The best unused candidate of a pool that diversity allows at a place; null if there is none.</summary>
    private Candidate? Next(int place, int pool)
    {
        var queue = _unused[pool];
        List<Candidate>? passed = null;
        Candidate? found = null;
        while (found is null && queue.TryDequeue(out var candidate))
        {
            if (_limit.Allows(place, candidate.Values))
                found = candidate;
            else
                (passed ??= []).Add(candidate);
        }
        // Those that were passed over stay the best of what is left.
        if (passed is not null)
            _unused[pool] = new Queue<Candidate>([.. passed, .. queue]);
        return found;
    }

    /// <summary>The best unused candidate, if diversity allows none.</summary>
    private Candidate? AnyOf()
    {
        var any = _unused.Reverse().Where(queue => queue.Count > 0).Select(queue => queue.Dequeue()).FirstOrDefault();
        _keepsLimits &= any is null;
        return any;
    }

    private void Put(int place, Candidate candidate)
    {
        _places[place] = candidate;
        _limit.Add(place, candidate.Values);
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
