using System.Runtime.InteropServices;

namespace Recommendation.Modeling.Data;

/// <summary>
/// Adds up the weights of a history, event by event, newest first: <c>q_h = Σ w_type · δ^position · 2^(-age/H)</c>,
/// between minus the cap and the cap. The position of an item is its rank by its newest event. Serving and the search
/// for δ and H both use this class, so the search measures what is served. Reuses its memory for the next history.
/// </summary>
internal sealed class HistoryBuilder(double cap)
{
    private readonly Dictionary<int, int> _places = [];
    private readonly List<HistoryItem> _history = [];

    /// <summary>Begins an empty history.</summary>
    public void Begin()
    {
        _places.Clear();
        _history.Clear();
    }

    /// <param name="item">The event's item.</param>
    /// <param name="weight">What the event's type weighs.</param>
    /// <param name="recency">δ and H.</param>
    /// <param name="ageMilliseconds">How much older the event is than the newest of the history.</param>
    public void Add(int item, double weight, Recency recency, long ageMilliseconds)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, item, out var known);
        if (!known)
        {
            place = _history.Count;
            _history.Add(new(item, 0));
        }
        var weighed = weight * recency.Of(place, ageMilliseconds);
        _history[place] = new(item, _history[place].Weight + (float)weighed);
    }

    /// <summary>Each item once; valid until the next history begins.</summary>
    public Span<HistoryItem> End()
    {
        var history = CollectionsMarshal.AsSpan(_history);
        foreach (ref var one in history)
            one = one with { Weight = (float)Math.Clamp(one.Weight, -cap, cap) };
        return history;
    }
}
