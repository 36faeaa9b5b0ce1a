using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>What attributes are, as a table.</summary>
internal sealed class SqliteAttributeShapes(LocalDatabase database) : IAttributeShapes
{
    public async Task<IReadOnlyDictionary<string, AttributeShape>> ReadAsync(CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(Read, Faults.OfStore, cancellationToken, isBrief: true);

    public async Task<IReadOnlyDictionary<string, AttributeShape>> KeepAsync(
        IReadOnlyDictionary<string, AttributeShape> shapes, CancellationToken cancellationToken) =>
        await database.Writer.RunAsync(
            connection =>
            {
                var insert = connection.Prepare(
                    "INSERT OR IGNORE INTO item_attributes(name, type, length) VALUES(?1, ?2, ?3)");
                foreach (var (name, shape) in shapes)
                    insert.Bind(1, name).Bind(2, shape.TypeName).Bind(3, (long?)shape.Length).Run();
                return Read(connection);
            },
            Faults.OfStore,
            cancellationToken);

    private static Dictionary<string, AttributeShape> Read(Connection connection)
    {
        var shapes = new Dictionary<string, AttributeShape>(StringComparer.Ordinal);
        var select = connection.Prepare("SELECT name, type, length FROM item_attributes");
        while (select.Step())
        {
            var (name, type) = (select.Text(0), select.Text(1));
            shapes[name] = AttributeShape.TryParse(type, select.IsNull(2) ? null : (int)select.Int64(2))
                ?? throw new StoredFormatException($"The attribute '{name}' is a '{type}', which this version does not "
                    + "know: use the version that wrote it.");
        }
        return shapes;
    }
}
