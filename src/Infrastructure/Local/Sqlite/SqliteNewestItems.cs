using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>Items by the index of the times at which they were created.</summary>
internal sealed class SqliteNewestItems(LocalDatabase database) : INewestItems
{
    /// <summary>So many ids are read on the caller's thread.</summary>
    private const int Few = 200;

    public async Task<IReadOnlyList<ItemId>> ReadNewestAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(
            connection => Read(connection, now, limit), Faults.OfStore, cancellationToken, isBrief: limit <= Few);

    private static List<ItemId> Read(Connection connection, DateTimeOffset now, int limit)
    {
        var items = new List<ItemId>();
        var select = connection.Prepare(
            "SELECT item FROM items WHERE created <= ?1 ORDER BY created DESC, item LIMIT ?2");
        select.Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, limit);
        while (select.Step())
            items.Add(ItemId.FromStored(select.Text(0)));
        return items;
    }
}
