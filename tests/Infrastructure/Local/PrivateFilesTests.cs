using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Local.Files;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

/// <summary>Another account of the machine can't read what the data folder holds.</summary>
public sealed class PrivateFilesTests
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    [Fact]
    public async Task A_new_data_folder_and_all_in_it_is_its_owners_alone()
    {
        using var parent = new TemporaryFolder();
        var data = Path.Combine(parent.Path, "data");
        await using var database = new LocalDatabase(new LocalOptions { Folder = data });
        await new SqliteInteractionLog(database).AppendAsync([Some.Interaction()], CancellationToken.None);
        await new SqliteProfileStore(database).LoadAsync([Some.User()], CancellationToken.None);
        await new FolderReceiptKeys(data, new ReceiptKeyRows(database), TimeProvider.System).PrivateKeyAsync(
            CancellationToken.None
        );
        await new FolderBatchSegments(data, TimeProvider.System).SnapshotAsync(
            BatchRunId.Parse("r1"),
            0,
            [Some.User()],
            CancellationToken.None
        );
        var found = Directory.GetFileSystemEntries(data, "*", SearchOption.AllDirectories);
        Assert.True(found.Length >= 7, string.Join(' ', found));
        Assert.All(
            found.Append(data),
            path => Assert.True((ModeOf(path) & Others) == UnixFileMode.None, $"{path}: {ModeOf(path)}")
        );
    }

    [Fact]
    public async Task An_existing_folder_keeps_its_mode_and_the_data_in_it_are_closed_to_others()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        await using (var database = new LocalDatabase(new LocalOptions { Folder = folder.Path }))
            await new SqliteInteractionLog(database).AppendAsync([Some.Interaction()], CancellationToken.None);
        var file = Path.Combine(folder.Path, LocalDatabase.FileName);
        var results = Directory.CreateDirectory(Path.Combine(folder.Path, "batch-results")).FullName;
        File.SetUnixFileMode(file, ModeOf(file) | UnixFileMode.OtherRead);
        File.SetUnixFileMode(folder.Path, ModeOf(folder.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var mode = ModeOf(folder.Path);
        await using var again = new LocalDatabase(new LocalOptions { Folder = folder.Path });
        await new SqliteInteractionLog(again).CheckAsync(CancellationToken.None);
        Assert.Equal(mode, ModeOf(folder.Path));
        Assert.All(
            [file, file + "-wal", file + "-shm", results],
            path => Assert.True((ModeOf(path) & Others) == UnixFileMode.None, $"{path}: {ModeOf(path)}")
        );
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
