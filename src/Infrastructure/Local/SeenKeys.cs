using Recommendation.Application.Ports;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local;

/// <summary>
/// Whether a data folder has ever had API keys: a row of its database. Keys stay required for as long as the folder
/// lives, whatever becomes of the file that holds them.
/// </summary>
/// <param name="folder">The data folder.</param>
public sealed class SeenKeys(string folder)
{
    private readonly LocalOptions _options = new() { Folder = folder };

    /// <summary>Whether keys were recorded. Creates nothing: a folder without a database never had any.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    public bool Any() =>
        File.Exists(LocalDatabase.PathIn(folder))
        && LocalDatabase.Once(_options, connection => connection.Number("SELECT count(*) FROM keys_seen")) > 0;

    /// <summary>
    /// Records that there are keys; creates the database where it is missing. Recording again changes nothing.
    /// </summary>
    /// <param name="now">When; kept of the first time.</param>
    /// <exception cref="StoreUnavailableException">The database can't be written.</exception>
    public void Record(DateTimeOffset now) => LocalDatabase.Once(_options, connection => connection
        .Prepare("INSERT INTO keys_seen(at) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM keys_seen)")
        .Bind(1, now.ToUnixTimeMilliseconds()).Run());
}
