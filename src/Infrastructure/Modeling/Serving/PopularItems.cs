using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Modeling.Serving;

/// <summary>Items by popularity, which answer where there is no history to go by.</summary>
/// <param name="Items">The most popular first.</param>
/// <param name="Popularities">Of each of them, from 1 down.</param>
internal sealed record PopularItems(IReadOnlyList<ItemId> Items, IReadOnlyList<float> Popularities)
{
    /// <param name="count">How many are wanted at most.</param>
    /// <param name="masked">Items that are left out.</param>
    /// <param name="among">The only items that are wanted; null for any.</param>
    public RankedItems Top(int count, IReadOnlySet<ItemId> masked, IReadOnlySet<ItemId>? among = null)
    {
        count = Math.Min(count, among?.Count ?? count);
        var chosen = new List<RankedItem>(Math.Min(count, Items.Count));
        for (var i = 0; i < Items.Count && chosen.Count < count; i++)
        {
            if (among?.Contains(Items[i]) != false && !masked.Contains(Items[i]))
                chosen.Add(new RankedItem(Items[i], Score.Of(Popularities[i])));
        }
        return RankedItems.FromStored(chosen);
    }
}
