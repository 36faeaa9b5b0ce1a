namespace Recommendation.Domain.Interactions;

/// <summary>
/// Counts interactions of types that the settings do not name, by type. Not safe for several threads.
/// </summary>
public sealed class UnnamedTypes
{
    /// <summary>
    /// How many types are counted apart; those that come later are counted in <see cref="Total"/> only.
    /// </summary>
    public const int MaximumNames = 1000;

    private readonly Dictionary<InteractionType, long> _counts = [];

    /// <summary>All interactions of such types.</summary>
    public long Total { get; private set; }

    /// <summary>Adds interactions of a type.</summary>
    public void Add(InteractionType type, long count = 1)
    {
        Total += count;
        if (_counts.TryGetValue(type, out var before) || _counts.Count < MaximumNames)
            _counts[type] = before + count;
    }

    /// <summary>Adds what another counter has counted.</summary>
    public void Add(UnnamedTypes other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (type, count) in other._counts)
            Add(type, count);
        Total += other.Total - other._counts.Values.Sum();
    }

    /// <summary>The most frequent types, the greatest count first.</summary>
    public IReadOnlyList<(InteractionType Type, long Count)> Most(int types) =>
        [
            .. _counts
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key)
                .Take(types)
                .Select(pair => (pair.Key, pair.Value)),
        ];

    /// <summary>
    /// The most frequent types as a phrase: <c>share (30), listen (12) and 2 more</c>; empty if there are none.
    /// </summary>
    public string ToText(int types = 10) =>
        string.Join(", ", Most(types).Select(one => $"{one.Type} ({one.Count})"))
        + (_counts.Count > types ? $" and {_counts.Count - types} more" : "");
}
