using Recommendation.Application.Ports;

namespace Recommendation.Local.Sqlite;

/// <summary>Counts rows; each count reads the smallest index there is.</summary>
internal sealed class SqliteCounts(LocalDatabase database) : IStoreCounts
{
    public Task<StoreCounts> CountAsync(CancellationToken cancellationToken) => database.Readers.RunAsync(
        connection => new StoreCounts(
            connection.Number("SELECT count(*) FROM profiles WHERE day IS NOT NULL"),
            connection.Number("SELECT count(*) FROM lists"),
            connection.Number("SELECT count(*) FROM quarantine WHERE redriven IS NULL AND dismissed IS NULL")),
        Faults.OfStore,
        cancellationToken);
}
