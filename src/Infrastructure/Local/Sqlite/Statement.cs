using System.Text;
using SQLitePCL;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// A prepared statement, used again and again by one thread at a time. Parameters count from 1, columns from 0.
/// </summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle) : IDisposable
{
    // Ids are at most 256 bytes; longer texts (titles, reasons) take the slow way.
    private readonly byte[] _text = new byte[1024];

    internal Statement Bind(int parameter, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    internal Statement Bind(int parameter, long? value) =>
        value is { } known ? Bind(parameter, known) : BindNull(parameter);

    internal Statement Bind(int parameter, double? value)
    {
        if (value is not { } known)
            return BindNull(parameter);
        connection.Check(raw.sqlite3_bind_double(handle, parameter, known));
        return this;
    }

    internal Statement Bind(int parameter, string? value)
    {
        if (value is null)
            return BindNull(parameter);
        var bytes = Encoding.UTF8.TryGetBytes(value, _text, out var length)
            ? _text.AsSpan(0, length)
            : Encoding.UTF8.GetBytes(value);
        connection.Check(raw.sqlite3_bind_text(handle, parameter, bytes));
        return this;
    }

    internal Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    internal Statement BindNull(int parameter)
    {
        connection.Check(raw.sqlite3_bind_null(handle, parameter));
        return this;
    }

    /// <summary>Moves to the next row; false, and ready to be bound again, after the last.</summary>
    internal bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
            return true;
        // sqlite3_reset repeats the error of the step.
        _ = raw.sqlite3_reset(handle);
        if (result != raw.SQLITE_DONE)
            throw connection.Fault(result);
        return false;
    }

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>How many rows it changed.</returns>
    internal int Run()
    {
        while (Step())
        {
            // RETURNING rows that nobody asked for
        }
        return connection.Changes;
    }

    /// <summary>Leaves the rows that were not read.</summary>
    internal void Reset() => _ = raw.sqlite3_reset(handle);

    internal bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    internal long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    internal double Double(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The bytes of a blob, or the UTF-8 of a text; valid until the next step.</summary>
    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    internal string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => handle.Dispose();
}
