using System.Globalization;
using Recommendation.Application.Ports;
using SQLitePCL;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The version of the SQLite library that is loaded. Versions before 3.51.3 can corrupt a database when the write-ahead
/// log is reset while another connection writes (https://sqlite.org/changes.html).
/// </summary>
internal static class SqliteVersion
{
    /// <summary>3.51.3, as <c>sqlite3_libversion_number</c> writes it.</summary>
    internal const int Minimum = 3_051_003;

    /// <exception cref="StoreUnavailableException">The library is too old.</exception>
    internal static void Require() => Require(raw.sqlite3_libversion_number());

    /// <exception cref="StoreUnavailableException">The version is too old.</exception>
    internal static void Require(int version)
    {
        if (version < Minimum)
        {
            throw new StoreUnavailableException(
                $"SQLite {Format(version)} is loaded, and {Format(Minimum)} or newer is needed: older versions can "
                    + "corrupt the database. "
                    + "Remove the older e_sqlite3 library, or install the program anew."
            );
        }
    }

    private static string Format(int version) => string.Create(
        CultureInfo.InvariantCulture, $"{version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}");
}
