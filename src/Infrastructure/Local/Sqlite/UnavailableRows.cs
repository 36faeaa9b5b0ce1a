using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The items of one version of the catalogue that must not be recommended, and the time for which that holds: until the
/// next item expires or may be recommended.
/// </summary>
internal sealed class UnavailableRows
{
    /// <summary>Reading takes at most a twentieth of the time, however many items expire.</summary>
    private const int MostShare = 20;

    private readonly long _from;
    private readonly long _until;

    private UnavailableRows(IReadOnlySet<ItemId> items, long from, long until) =>
        (Items, _from, _until) = (items, from, until);

    internal IReadOnlySet<ItemId> Items { get; }

    internal bool HoldAt(DateTimeOffset now) => now.ToUnixTimeMilliseconds() is var at && at >= _from && at < _until;

    internal static UnavailableRows Read(Connection connection, DateTimeOffset now)
    {
        var started = TimeProvider.System.GetTimestamp();
        var at = now.ToUnixTimeMilliseconds();
        var items = new HashSet<ItemId>();
        Add(items, connection.Prepare("SELECT item FROM items WHERE available = 0"));
        Add(items, connection.Prepare("SELECT item FROM items_deleted"));
        Add(items, connection.Prepare("SELECT item FROM items WHERE created > ?1").Bind(1, at));
        Add(items, connection.Prepare("SELECT item FROM items WHERE expires <= ?1").Bind(1, at));
        var until = long.MaxValue;
        foreach (var column in (string[])["created", "expires"])
        {
            var next = connection.Prepare($"SELECT min({column}) FROM items WHERE {column} > ?1").Bind(1, at);
            while (next.Step())
                until = next.IsNull(0) ? until : Math.Min(until, next.Int64(0));
        }
        var read = (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        return new(items, at, Math.Max(until, at + (read * MostShare)));
    }

    private static void Add(HashSet<ItemId> items, Statement select)
    {
        while (select.Step())
            items.Add(ItemId.FromStored(select.Text(0)));
    }
}
