using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>Makes lists of what was retrieved.</summary>
internal static class RetrievedItems
{
    /// <summary>A list comes from where its first item does.</summary>
    /// <param name="list">The list.</param>
    /// <param name="personal">Where an empty list comes from if the model ranked for it.</param>
    internal static ListSource SourceOf(this ListRetrieval list, ListSource personal) =>
        list.Chosen is [var first, ..] ? first.Source : list.Kind == RankingKind.Ranked ? personal : ListSource.Popular;

    /// <summary>The first of the items; those of another source than the list's are marked with it.</summary>
    internal static RankedItems Truncate(this ListRetrieval list, int count, ListSource source)
    {
        var items = new RankedItem[Math.Min(count, list.Chosen.Count)];
        for (var i = 0; i < items.Length; i++)
        {
            var (item, origin, _) = list.Chosen[i];
            ListSource? mark = origin == source ? null : origin;
            items[i] = item.Source == mark ? item : item with { Source = mark };
        }
        return RankedItems.FromStored(items);
    }
}
