using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The catalogue in the order of its versions: each item, and each deletion, has the version that wrote it. A place is
/// the version and number of the last item, and the version and id of the last deletion.
/// </summary>
internal sealed class SqliteItemChanges(LocalDatabase database) : IItemChanges
{
    /// <summary>So many changes are read on the caller's thread.</summary>
    private const int Few = 500;

    public async Task<ChangedItems> ReadOnAsync(string? place, int limit, CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(
            connection => ReadOn(connection, place, limit),
            Faults.OfStore,
            cancellationToken,
            isBrief: limit <= Few);

    private static ChangedItems ReadOn(Connection connection, string? place, int limit)
    {
        // The deletions before the first call are of no interest.
        var from = place is null
            ? new Place(-1, 0, connection.Number("SELECT version FROM catalogue"), "") : Place.Parse(place);
        var (version, number) = (from.Version, from.Number);
        var put = new List<CatalogItem>();
        var select = connection.Prepare(
            "SELECT changed, " + ItemRows.Columns
                + " FROM items WHERE (changed, number) > (?1, ?2) ORDER BY changed, number LIMIT ?3");
        select.Bind(1, version).Bind(2, number).Bind(3, limit);
        while (select.Step())
        {
            put.Add(ItemRows.Read(select, first: 1));
            (version, number) = (select.Int64(0), select.Int64(1));
        }
        var (deletion, item) = (from.Deletion, from.Item);
        var deleted = new List<ItemId>();
        select = connection.Prepare(
            "SELECT changed, item FROM items_deleted WHERE (changed, item) > (?1, ?2) ORDER BY changed, item LIMIT ?3");
        select.Bind(1, deletion).Bind(2, item).Bind(3, limit);
        while (select.Step())
        {
            deleted.Add(ItemId.FromStored(select.Text(1)));
            (deletion, item) = (select.Int64(0), select.Text(1));
        }
        return new(
            put, deleted, new Place(version, number, deletion, item).ToString(),
            More: put.Count == limit || deleted.Count == limit);
    }

    private readonly record struct Place(long Version, long Number, long Deletion, string Item)
    {
        internal static Place Parse(string text)
        {
            var parts = text.Split(' ', 4);
            return new(NumberOf(parts[0]), NumberOf(parts[1]), NumberOf(parts[2]), parts[3]);
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Version} {Number} {Deletion} {Item}");

        private static long NumberOf(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}
