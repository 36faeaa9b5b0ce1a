using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The catalogue in the order of its row numbers, which ascend as items are added. A place is the number and the id of
/// an item. If that row holds another item, because the newest item was deleted and its number given to the next one,
/// the reading begins anew.
/// </summary>
internal sealed class SqliteItemArrivals(LocalDatabase database) : IItemArrivals
{
    public async Task<ItemArrivals> ReadOnAsync(string? place, int limit, CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(
            connection => ReadOn(connection, place, limit),
            Faults.OfStore,
            cancellationToken,
            isBrief: true);

    private static ItemArrivals ReadOn(Connection connection, string? place, int limit)
    {
        var after = place is null ? 0 : NumberOf(connection, place);
        var items = new List<ItemId>();
        var select = connection.Prepare("SELECT rowid, item FROM items WHERE rowid > ?1 ORDER BY rowid LIMIT ?2");
        select.Bind(1, after).Bind(2, limit);
        while (select.Step())
        {
            after = select.Int64(0);
            items.Add(ItemId.FromStored(select.Text(1)));
        }
        return new(
            items, items.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{after} {items[^1]}") : place);
    }

    private static long NumberOf(Connection connection, string place)
    {
        var space = place.IndexOf(' ', StringComparison.Ordinal);
        var number = long.Parse(place.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture);
        var holds = false;
        var select = connection.Prepare("SELECT 1 FROM items WHERE rowid = ?1 AND item = ?2");
        select.Bind(1, number).Bind(2, place[(space + 1)..]);
        while (select.Step())
            holds = true;
        return holds ? number : 0;
    }
}
