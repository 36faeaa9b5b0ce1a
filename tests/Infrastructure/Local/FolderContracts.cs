using System.Globalization;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Local.Files;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class FolderModelStoreTests : ModelStoreContract
{
    protected override Task<IModelStore> CreateAsync() =>
        Task.FromResult<IModelStore>(new FolderModelStore(Own(new TemporaryFolder()).Path, TimeProvider.System));
}

public sealed class FolderBatchRunsTests : BatchRunsContract
{
    protected override Task<IBatchRuns> CreateAsync() =>
        Task.FromResult<IBatchRuns>(new FolderBatchRuns(Own(new TemporaryFolder()).Path, TimeProvider.System));
}

public sealed class FolderBatchSegmentsTests : BatchSegmentsContract
{
    private string _folder = "";

    protected override Task<IBatchSegments> CreateAsync()
    {
        _folder = Own(new TemporaryFolder()).Path;
        return Task.FromResult<IBatchSegments>(new FolderBatchSegments(_folder, TimeProvider.System));
    }

    protected override async Task<string?> PublishedAsync(DateOnly day)
    {
        var path = Path.Combine(
            _folder,
            "batch-results",
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "results.json"
        );
        if (!File.Exists(path))
            return null;
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        return document.RootElement.GetProperty("runId").GetString();
    }
}

public sealed class FolderBatchListsTests : BatchListsContract
{
    private string _folder = "";

    [Fact]
    public async Task Only_its_owner_may_read_a_file()
    {
        await Port.SaveAsync(BatchRun.Start(BatchRunId.Parse("r"), Some.Noon, TimeSpan.FromDays(30)), 0, [], None);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_folder, "batch-results/2026-03-14/r/lists/000000.txt"))
            );
    }

    protected override Task<IBatchLists> CreateAsync()
    {
        _folder = Own(new TemporaryFolder()).Path;
        return Task.FromResult<IBatchLists>(new FolderBatchLists(_folder, TimeProvider.System, new Words()));
    }

    protected override IBatchLists WithoutFormat() => new FolderBatchLists(_folder, TimeProvider.System, format: null);

    protected override async Task<byte[]?> ContentAsync(string name) =>
        Path.Combine(_folder, "batch-results", name) is var path && File.Exists(path)
            ? await File.ReadAllBytesAsync(path)
            : null;
}

public sealed class FolderReceiptKeysTests : ReceiptKeysContract
{
    private string _folder = "";

    [Fact]
    public async Task Only_its_owner_may_read_the_key()
    {
        await Port.PrivateKeyAsync(None);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_folder, "receipt-key.pem"))
            );
    }

    protected override Task<IReceiptKeys> CreateAsync()
    {
        var fixture = Own(new SqliteFixture());
        _folder = fixture.Folder;
        return Task.FromResult<IReceiptKeys>(
            new FolderReceiptKeys(_folder, new ReceiptKeyRows(fixture.Database), TimeProvider.System)
        );
    }
}

public sealed class FolderRecommendationIdKeysTests : RecommendationIdKeysContract
{
    private string _folder = "";

    [Fact]
    public async Task Only_its_owner_may_read_the_key()
    {
        await Port.KeyAsync(None);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_folder, "recommendation-id.key"))
            );
    }

    [Fact]
    public async Task A_damaged_key_is_refused_with_what_to_do()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "recommendation-id.key"), "abc");
        var refusal = await Assert.ThrowsAsync<StoredFormatException>(() => Port.KeyAsync(None));
        Assert.Contains("restore it from a backup", refusal.Message, StringComparison.Ordinal);
    }

    protected override Task<IRecommendationIdKeys> CreateAsync()
    {
        _folder = Own(new TemporaryFolder()).Path;
        return Task.FromResult<IRecommendationIdKeys>(new FolderRecommendationIdKeys(_folder, TimeProvider.System));
    }
}
