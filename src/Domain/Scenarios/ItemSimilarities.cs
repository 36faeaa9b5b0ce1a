using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Scenarios;

/// <summary>How alike some items are, from 0 (not at all) to 1; pairs that are not at all alike are left out.</summary>
public sealed class ItemSimilarities
{
    /// <summary>Nothing is like anything else.</summary>
    public static readonly ItemSimilarities None = new();

    private readonly Dictionary<ItemId, Dictionary<ItemId, double>> _pairs = [];

    /// <summary>Adds a pair; of several values for a pair the greatest counts, whichever is named first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within 0 and 1.</exception>
    public void Add(ItemId one, ItemId other, double value)
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A similarity is 0–1.");
        if (one == other || value == 0)
            return;
        AddTo(one, other, value);
        AddTo(other, one, value);
    }

    /// <summary>What an item is like, and how much.</summary>
    public IReadOnlyDictionary<ItemId, double> Of(ItemId item) => _pairs.GetValueOrDefault(item, []);

    private void AddTo(ItemId one, ItemId other, double value)
    {
        if (!_pairs.TryGetValue(one, out var row))
            _pairs.Add(one, row = []);
        row[other] = Math.Max(value, row.GetValueOrDefault(other));
    }
}
