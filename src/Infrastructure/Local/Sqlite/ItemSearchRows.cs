using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// Looks for items by words. The index gives them in the order in which they were added, so that a page costs the same
/// wherever it is, and however many items match.
/// </summary>
internal static class ItemSearchRows
{
    private const string Matching =
        ItemRows.Select
        + "WHERE number IN (SELECT rowid FROM items_words WHERE items_words MATCH ?3 AND rowid > ?1 "
        + "ORDER BY rowid LIMIT ?2) ORDER BY number";

    /// <param name="connection">Where.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="after">The number of the last item of the page before; 0 for the first page.</param>
    /// <param name="limit">How many items to give at most.</param>
    internal static ItemPage Search(Connection connection, ItemQuery query, long after, int limit)
    {
        var items = new List<CatalogItem>(limit + 1);
        var select = connection.Prepare(
            query.IsAll ? ItemRows.Select + "WHERE number > ?1 ORDER BY number LIMIT ?2" : Matching);
        // One more than is shown says whether there are more.
        select.Bind(1, after).Bind(2, limit + 1);
        if (!query.IsAll)
            select.Bind(3, MatchOf(query));
        var last = after;
        string? next = null;
        while (select.Step())
        {
            if (items.Count == limit)
            {
                next = last.ToString(CultureInfo.InvariantCulture);
                continue;
            }
            items.Add(ItemRows.Read(select));
            last = select.Int64(0);
        }
        return new ItemPage(items, next);
    }

    // Words are letters and digits, so that none can end the quotes.
    private static string MatchOf(ItemQuery query) => string.Join(
        " AND ",
        query.Words.Select(word => word.IsBeginning ? $"\"{word.Text}\" *" : $"\"{word.Text}\"")
            .Concat(query.Marks.Select(mark => $"\"{mark}\"")));
}
