namespace Recommendation.Domain.Scenarios;

/// <summary>Counts the values of an attribute within every window of a list.</summary>
internal sealed class DiversityLimit(Diversity? diversity, int count)
{
    private readonly Limit? _limit = diversity is { By: not null, Max: { } max, Window: { } window }
        ? new(max, Math.Min(window, count)) : null;

    private readonly Dictionary<string, List<int>> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an item with these values may stand at a place.</summary>
    internal bool Allows(int place, IReadOnlyList<string> values) =>
        _limit is not { } limit || values.All(value => Allows(limit, place, value));

    /// <summary>An item with these values stands at a place.</summary>
    internal void Add(int place, IReadOnlyList<string> values)
    {
        if (_limit is null)
            return;
        foreach (var value in values.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!_places.TryGetValue(value, out var places))
                _places.Add(value, places = []);
            places.Insert(~places.BinarySearch(place), place);
        }
    }

    private bool Allows(Limit limit, int place, string value)
    {
        if (!_places.TryGetValue(value, out var places))
            return limit.Max > 0;
        // Among any Max + 1 neighbours with this place between them, the first and the last must be a window apart.
        var at = ~places.BinarySearch(place);
        for (var first = Math.Max(0, at - limit.Max); first <= at && first + limit.Max - 1 < places.Count; first++)
        {
            var low = first < at ? places[first] : place;
            var last = first + limit.Max - 1;
            var high = last >= at ? places[last] : place;
            if (high - low < limit.Window)
                return false;
        }
        return limit.Max > 0;
    }

    private readonly record struct Limit(int Max, int Window);
}
