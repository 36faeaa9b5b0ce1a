using System.Globalization;
using SQLitePCL;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The database file of a data folder: one writer, several readers. It is opened when it is first used; several processes
/// may use the same file.
/// </summary>
internal sealed class LocalDatabase : IAsyncDisposable
{
    internal const string FileName = "recommendation.db";

    private readonly LocalOptions _options;
    private readonly IReadOnlyList<string> _steps;
    private int _isClosed;

    internal LocalDatabase(LocalOptions options, IReadOnlyList<string>? steps = null)
    {
        _options = options;
        _steps = steps ?? Schema.Steps;
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(options.Folder), FileName);
        Writer = new Writer(OpenWriter);
        Readers = new Readers(OpenReader);
    }

    internal string Path { get; }

    internal Writer Writer { get; }

    internal Readers Readers { get; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        // The writer last: closing the last connection folds the write-ahead log into the file.
        await Readers.DisposeAsync();
        await Writer.DisposeAsync();
    }

    // Measured with chunks of 16,000 interactions, 1,000,000 in all, µs an interaction: a checkpoint every 4,000 pages costs
    // 10.2, every 16,000 pages (64 MB) 9.6, every 64,000 pages 9.5; pages of 8 or 16 KB, mmap and secure_delete change less
    // than the noise.
    private Connection OpenWriter() => Open(string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=16000; PRAGMA cache_size=-{_options.CacheMegabytes * 1024L}"));

    // A reader's pages are stale after each commit, so a large cache would be for nothing.
    private Connection OpenReader() => Open("PRAGMA query_only=ON; PRAGMA cache_size=-16384");

    private Connection Open(string settings)
    {
        MakeFolder();
        var connection = Connection.Open(Path, _options.BusyTimeout);
        try
        {
            connection.Script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY");
            Schema.Upgrade(connection, Path, _steps);
            connection.Script(settings);
            return connection;
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SqliteFault.From(raw.SQLITE_CANTOPEN, exception.Message, Path);
        }
    }
}
