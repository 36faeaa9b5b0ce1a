using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Recommendations;

/// <summary>How well a list foresees what a user came to, after the protocol of the public tables.</summary>
/// <param name="Recall">Hits / relevant items; 0 … 1.</param>
/// <param name="Ndcg">Binary NDCG, the ideal over min(relevant, k); 0 … 1.</param>
public readonly record struct ListQuality(double Recall, double Ndcg)
{
    /// <summary>Whether any relevant item is in the list.</summary>
    public bool IsHit => Recall > 0;

    /// <param name="items">The list, best first.</param>
    /// <param name="relevant">What the user came to; at least one item.</param>
    /// <param name="cutoff">k: how many items of the list are looked at.</param>
    public static ListQuality Of(IEnumerable<ItemId> items, IReadOnlyCollection<ItemId> relevant, int cutoff)
    {
        ArgumentNullException.ThrowIfNull(relevant);
        if (relevant.Count == 0)
            throw new ArgumentException("A list is measured on at least one item.", nameof(relevant));
        var (hits, gain) = (0, 0d);
        foreach (var (place, item) in items.Take(cutoff).Index())
        {
            if (!relevant.Contains(item))
                continue;
            hits++;
            gain += Gain(place);
        }
        return new(
            (double)hits / relevant.Count,
            gain / Enumerable.Range(0, Math.Min(cutoff, relevant.Count)).Sum(Gain)
        );
    }

    private static double Gain(int place) => 1 / Math.Log2(place + 2);
}
