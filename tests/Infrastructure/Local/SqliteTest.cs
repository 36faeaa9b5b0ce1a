namespace Recommendation.Local.Tests;

/// <summary>A test with a database in a folder of its own.</summary>
public abstract class SqliteTest : IAsyncLifetime, IAsyncDisposable
{
    private protected SqliteTest()
    {
    }

    protected static CancellationToken None => CancellationToken.None;

    private protected SqliteFixture Fixture { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Fixture.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
