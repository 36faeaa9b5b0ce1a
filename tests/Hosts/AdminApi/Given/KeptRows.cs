using System.Text;
using SQLitePCL;

namespace Recommendation.AdminApi.Tests.Given;

/// <summary>What an erasure keeps on purpose: the tombstone, and the record that proves it.</summary>
internal static class KeptRows
{
    /// <summary>Deletes the two rows of a user from the database, which nobody else has open.</summary>
    internal static void Delete(string folder, string user)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path.Combine(folder, "recommendation.db"), out var database));
        using (database)
        {
            Run(database, "PRAGMA secure_delete=ON");
            foreach (var table in new[] { "profiles", "erasures" })
            {
                Assert.Equal(
                    raw.SQLITE_OK,
                    raw.sqlite3_prepare_v2(database, $"DELETE FROM {table} WHERE user = ?1", out var delete)
                );
                using (delete)
                {
                    raw.sqlite3_bind_text(delete, 1, Encoding.UTF8.GetBytes(user));
                    Assert.Equal(raw.SQLITE_DONE, raw.sqlite3_step(delete));
                }
                Assert.Equal(1, raw.sqlite3_changes(database));
            }
            Run(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        // The copy of the record of the erasure.
        var copies = Directory.GetFiles(Path.Combine(folder, "erasures"));
        File.Delete(Assert.Single(copies, path => File.ReadAllText(path).Contains(user, StringComparison.Ordinal)));
    }

    private static void Run(sqlite3 database, string sql) =>
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, sql));
}
