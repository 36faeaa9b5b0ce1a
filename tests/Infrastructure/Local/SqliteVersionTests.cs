using Recommendation.Application.Ports;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class SqliteVersionTests
{
    [Fact]
    public void The_library_that_is_loaded_is_new_enough()
    {
        SQLitePCL.Batteries_V2.Init();
        SqliteVersion.Require();
    }

    [Fact]
    public void A_library_that_can_corrupt_a_database_is_refused_with_what_to_do()
    {
        SqliteVersion.Require(3_051_003);
        var refused = Assert.Throws<StoreUnavailableException>(() => SqliteVersion.Require(3_050_004));
        Assert.StartsWith(
            "SQLite 3.50.4 is loaded, and 3.51.3 or newer is needed",
            refused.Message,
            StringComparison.Ordinal
        );
    }
}
