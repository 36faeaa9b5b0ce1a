using System.Diagnostics;
using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Local.Files;
using SQLitePCL;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The database file of a data folder: one writer, several readers. It is opened when it is first used; several
/// processes may use the same file.
/// </summary>
internal sealed class LocalDatabase : IAsyncDisposable
{
    internal const string FileName = "recommendation.db";

    private static readonly Lock s_making = new();

    private readonly LocalOptions _options;
    private readonly IReadOnlyList<string> _steps;
    private int _isClosed;

    internal LocalDatabase(LocalOptions options, IReadOnlyList<string>? steps = null)
    {
        _options = options;
        _steps = steps ?? Schema.Steps;
        Path = PathIn(options.Folder);
        Writer = new Writer(OpenWriter);
        Readers = new ConnectionPool(OpenReader);
    }

    internal string Path { get; }

    internal Writer Writer { get; }

    internal ConnectionPool Readers { get; }

    internal static string PathIn(string folder) =>
        System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), FileName);

    /// <summary>Does one short piece of work on a connection of its own, where there is nobody to wait with.</summary>
    /// <exception cref="StoreUnavailableException">The database did not do what was asked.</exception>
    internal static T Once<T>(LocalOptions options, Func<Connection, T> work)
    {
        try
        {
            using var connection = Open(PathIn(options.Folder), options, Schema.Steps, "PRAGMA secure_delete=ON");
            return work(connection);
        }
        catch (SqliteFault fault)
        {
            throw Faults.OfStore(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        // The writer last: closing the last connection folds the write-ahead log into the file.
        await Readers.DisposeAsync();
        await Writer.DisposeAsync();
    }

    // Measured with chunks of 16,000 interactions, 1,000,000 in all, µs an interaction: a checkpoint every 4,000 pages
    // costs 10.2, every 16,000 pages (64 MB) 9.6, every 64,000 pages 9.5; pages of 8 or 16 KB, mmap and secure_delete
    // change less than the noise.
    private Connection OpenWriter() =>
        Open(
            Path,
            _options,
            _steps,
            string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=16000; PRAGMA "
                    + $"cache_size=-{_options.CacheMegabytes * 1024L}"
            )
        );

    // A reader's pages are stale after each commit, so a large cache would be for nothing.
    private Connection OpenReader() => Open(Path, _options, _steps, "PRAGMA query_only=ON; PRAGMA cache_size=-16384");

    private static Connection Open(string path, LocalOptions options, IReadOnlyList<string> steps, string settings)
    {
        MakeFolder(path);
        var connection = Connection.Open(path, options.BusyTimeout);
        try
        {
            UseWriteAheadLog(connection, options.BusyTimeout);
            connection.Script("PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY");
            Schema.Upgrade(connection, path, steps);
            connection.Script(settings);
            return connection;
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Two connections that do this to a new file at once would wait for one another, so SQLite refuses one of them
    /// without waiting. The other is done within milliseconds.
    /// </summary>
    private static void UseWriteAheadLog(Connection connection, TimeSpan limit)
    {
        for (var begun = Stopwatch.GetTimestamp(); ; Thread.Yield())
        {
            try
            {
                connection.Script("PRAGMA journal_mode=WAL");
                return;
            }
            catch (SqliteFault fault) when (fault.IsBusy && Stopwatch.GetElapsedTime(begun) < limit)
            {
                // Once more.
            }
        }
    }

    /// <summary>
    /// SQLite would let every account read a file that it creates; it gives its -wal and -shm files the mode of this
    /// one. One at a time, and never for a file that is there: closing a descriptor takes away all locks that SQLite
    /// has on the file in this process (https://sqlite.org/howtocorrupt.html, section 2.2).
    /// </summary>
    private static void MakeFile(string path)
    {
        lock (s_making)
        {
            if (File.Exists(path))
                return;
            RefuseLost(path);
            try
            {
                PrivateFiles.Open(path, FileMode.CreateNew).Dispose();
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was first.
            }
        }
    }

    /// <summary>
    /// A database that was lost is not begun anew in silence: nobody would know any more who was erased, and which key
    /// signed the receipts.
    /// </summary>
    private static void RefuseLost(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var erasures = System.IO.Path.Combine(folder, ErasureFiles.FolderName);
        var left = File.Exists(System.IO.Path.Combine(folder, FolderReceiptKeys.FileName))
            ? FolderReceiptKeys.FileName
            : Directory.Exists(erasures) && Directory.EnumerateFiles(erasures).Any()
                ? ErasureFiles.FolderName
                : null;
        if (left is not null)
            throw new StoredFormatException(
                $"The database '{path}' is missing, and '{left}' is there, so there was one: restore it from a backup. "
                    + $"To begin anew, move everything out of '{folder}' first."
            );
    }

    private static void MakeFolder(string path)
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(path)!;
            PrivateFiles.MakeFolder(folder);
            MakeFile(path);
            PrivateFiles.Tighten(
                path, path + "-wal", path + "-shm",
                System.IO.Path.Combine(folder, "batch-runs"), System.IO.Path.Combine(folder, "batch-results"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SqliteFault.From(raw.SQLITE_CANTOPEN, exception.Message, path);
        }
    }
}
