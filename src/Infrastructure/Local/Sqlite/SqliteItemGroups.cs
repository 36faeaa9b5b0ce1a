using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The groups of the catalogue, kept in the process until one changes: triggers count the changes of groups, so that
/// other changes of items cost nothing here.
/// </summary>
internal sealed class SqliteItemGroups(LocalDatabase database) : IItemGroups
{
    private volatile KnownGroups? _known;

    public async Task<ItemGroups> ReadAsync(CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(Read, Faults.OfStore, cancellationToken, isBrief: _known is not null);

    private ItemGroups Read(Connection connection)
    {
        var version = connection.Number("SELECT families FROM catalogue");
        if (_known is { } known && known.Version == version)
            return known.Groups;
        var items = new List<(ItemId, string)>();
        var select = connection.Prepare("SELECT item, family FROM items WHERE family IS NOT NULL ORDER BY family");
        while (select.Step())
            items.Add((ItemId.FromStored(select.Text(0)), select.Text(1)));
        var groups = ItemGroups.Of(items);
        _known = new(version, groups);
        return groups;
    }

    private sealed record KnownGroups(long Version, ItemGroups Groups);
}
