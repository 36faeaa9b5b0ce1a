namespace Recommendation.Domain.Scenarios;

/// <summary>Candidates that share a claim to places, best first.</summary>
internal sealed class CandidatePool(int capacity)
{
    /// <summary>So many candidates are weighed against each other for a place.</summary>
    internal const int MaximumWeighed = 200;

    private readonly Candidate?[] _candidates = new Candidate?[capacity];
    private int _count;
    private int _first;

    /// <summary>Adds one that is worse than all before.</summary>
    internal void Add(Candidate candidate) => _candidates[_count++] = candidate;

    /// <summary>
    /// Takes the best that may stand at a place; null if there is none. Those that were passed over stay. A better
    /// block comes first; within one the worth beside the rest of the list decides, if there is any, then the order.
    /// </summary>
    /// <param name="isFree">Whether a candidate may be in the list.</param>
    /// <param name="isAllowed">Whether a candidate that is free may stand at the place.</param>
    /// <param name="relevance">What candidates are worth; null for their order alone.</param>
    /// <param name="passedOver">Told of those that come first by their order, and why they did not.</param>
    internal Candidate? Take(
        Func<Candidate, bool> isFree, Func<Candidate, bool> isAllowed, MarginalRelevance? relevance,
        Action<Candidate, PassedOver>? passedOver = null)
    {
        var (best, greatest, weighed) = (-1, double.NegativeInfinity, 0);
        for (var at = _first; at < _count && weighed < MaximumWeighed; at++)
        {
            if (_candidates[at] is not { } candidate || !isFree(candidate))
                continue;
            if (best >= 0 && candidate.Block > _candidates[best]!.Block)
                break;
            if (!isAllowed(candidate))
            {
                if (best < 0)
                    passedOver?.Invoke(candidate, PassedOver.ByLimit);
                continue;
            }
            if (relevance is null)
                return TakeAt(at);
            weighed++;
            if (relevance.Of(candidate) is var worth && worth > greatest)
                (best, greatest) = (at, worth);
        }
        if (best < 0)
            return null;
        for (var at = _first; at < best; at++)
        {
            if (_candidates[at] is { } candidate && isFree(candidate) && isAllowed(candidate))
                passedOver?.Invoke(candidate, PassedOver.BySimilarity);
        }
        return TakeAt(best);
    }

    private Candidate? TakeAt(int at)
    {
        var taken = _candidates[at];
        _candidates[at] = null;
        while (_first < _count && _candidates[_first] is null)
            _first++;
        return taken;
    }
}

/// <summary>Why a worse candidate got a place.</summary>
internal enum PassedOver
{
    /// <summary>The window has enough items with the same value.</summary>
    ByLimit,

    /// <summary>The list has an item that is too much like it.</summary>
    BySimilarity,
}
