using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

/// <summary>A database in a folder of its own.</summary>
internal sealed class SqliteFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal SqliteFixture() => Database = Open();

    internal string Folder => _folder.Path;

    internal LocalDatabase Database { get; private set; }

    /// <summary>One more handle on the same file, as another process would have.</summary>
    internal LocalDatabase Open(TimeSpan? busyTimeout = null) =>
        new(new LocalOptions { Folder = Folder, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(5) });

    /// <summary>Closes the database and opens it again.</summary>
    internal async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        Database = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }
}
