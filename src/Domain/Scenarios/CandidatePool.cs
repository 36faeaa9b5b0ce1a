namespace Recommendation.Domain.Scenarios;

/// <summary>Candidates that share a claim to places, best first.</summary>
internal sealed class CandidatePool(int capacity)
{
    private readonly Candidate?[] _candidates = new Candidate?[capacity];
    private int _count;
    private int _first;

    /// <summary>Adds one that is worse than all before.</summary>
    internal void Add(Candidate candidate) => _candidates[_count++] = candidate;

    /// <summary>Takes the best that a limit allows at a place; null if there is none. Those that were passed over stay.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="place">The place.</param>
    /// <param name="isFree">Whether a candidate may be in the list yet; one that may not is never taken.</param>
    internal Candidate? Take(DiversityLimit limit, int place, Func<Candidate, bool> isFree)
    {
        for (var at = _first; at < _count; at++)
        {
            if (_candidates[at] is { } candidate && isFree(candidate) && limit.Allows(place, candidate.Values))
                return TakeAt(at);
        }
        return null;
    }

    /// <summary>Takes the best; null if there is none.</summary>
    internal Candidate? TakeAny(Func<Candidate, bool> isFree)
    {
        for (var at = _first; at < _count; at++)
        {
            if (_candidates[at] is { } candidate && isFree(candidate))
                return TakeAt(at);
        }
        return null;
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
