using SQLitePCL;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// What SQLite answered when it did not do what was asked; adapters turn it into their port's exception.
/// </summary>
internal sealed class SqliteFault : Exception
{
    private SqliteFault(int code, string sentence) : base(sentence) => Code = code;

    /// <summary>The primary result code (<c>SQLITE_BUSY</c>, <c>SQLITE_FULL</c> …).</summary>
    internal int Code { get; }

    /// <summary>Trying at once with fewer companions would not help: another process has the database.</summary>
    internal bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    internal static SqliteFault From(int result, string? message, string path)
    {
        var code = result & 0xff;
        return new SqliteFault(code, $"{Cause(code, path)} (SQLite {result}: {message ?? "no details"})");
    }

    private static string Cause(int code, string path) =>
        code switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                $"The database '{path}' is in use by another process for too long: wait for it or end it, then try "
                    + "again.",
            raw.SQLITE_FULL => $"The disk that holds '{path}' is full: free some space, then try again.",
            raw.SQLITE_READONLY or raw.SQLITE_PERM =>
                $"The database '{path}' can't be written: give this user write access to the file and its folder, "
                    + "then try again.",
            raw.SQLITE_CANTOPEN =>
                $"The database '{path}' can't be opened: check that its folder exists and that this user may write "
                    + "to it.",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
                $"The database '{path}' is damaged: stop all processes that use it and restore it from a backup.",
            raw.SQLITE_IOERR => $"Reading or writing '{path}' failed: check the disk, then try again.",
            _ => $"The database '{path}' did not do what was asked.",
        };
}
