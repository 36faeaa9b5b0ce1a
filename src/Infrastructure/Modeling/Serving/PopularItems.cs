using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Modeling.Serving;

/// <summary>Items by popularity, which answer where there is no history to go by.</summary>
/// <param name="Items">The most popular first.</param>
/// <param name="Popularities">Of each of them, from 1 down.</param>
internal sealed record PopularItems(IReadOnlyList<ItemId> Items, IReadOnlyList<float> Popularities)
{
    public RankedItems Top(int count, IReadOnlySet<ItemId> masked)
    {
        var chosen = new List<RankedItem>(Math.Min(count, Items.Count));
        for (var i = 0; i < Items.Count && chosen.Count < count; i++)
        {
            if (!masked.Contains(Items[i]))
                chosen.Add(new RankedItem(Items[i], Score.Of(Popularities[i])));
        }
        return RankedItems.FromStored(chosen);
    }
}
