using SQLitePCL;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// One connection and its prepared statements, used by one thread at a time. Straight on SQLite's C interface.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly string _path;
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    private Connection(string path, sqlite3 handle) => (_path, _handle) = (path, handle);

    internal bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    internal int Changes => raw.sqlite3_changes(_handle);

    /// <summary>The sequence that the last insert was given.</summary>
    internal long LastInserted => raw.sqlite3_last_insert_rowid(_handle);

    internal static Connection Open(string path, TimeSpan busyTimeout)
    {
        Batteries_V2.Init();
        SqliteVersion.Require();
        // No mutex of its own: a connection is used by one thread at a time.
        var result = raw.sqlite3_open_v2(
            path,
            out var handle,
            raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX,
            vfs: null
        );
        var connection = new Connection(path, handle);
        try
        {
            connection.Check(result);
            connection.Check(raw.sqlite3_extended_result_codes(handle, 1));
            connection.Check(raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds));
            return connection;
        }
        catch (SqliteFault)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The statement of that text, prepared at its first use.</summary>
    internal Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            return statement;
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        return _statements[sql] = new Statement(this, handle);
    }

    internal void Run(string sql) => Prepare(sql).Run();

    /// <summary>Runs a script of several statements once.</summary>
    internal void Script(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The one number that a query answers.</summary>
    internal long Number(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Int64(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Ends every statement that was left in the middle of its rows.</summary>
    internal void ResetAll()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
    }

    internal void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Fault(result);
    }

    internal SqliteFault Fault(int result) =>
        SqliteFault.From(result, raw.sqlite3_errmsg(_handle).utf8_to_string(), _path);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _handle.Dispose();
    }
}
