using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;
using Recommendation.Local.Files;

namespace Recommendation.Local.Tests;

/// <summary>Files of the data folder that were damaged, or changed by somebody.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();

    public static TheoryData<string> Damages =>
        ["", "{", "null", "[]", "7", """{"formatVersion":1}""", """{"formatVersion":2}""", """{"formatVersion":99}"""];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_description_is_named_and_the_other_models_are_listed(string damage)
    {
        var models = new FolderModelStore(_folder.Path, TimeProvider.System, _log);
        using var artefact = new MemoryStream([1]);
        await models.PutAsync(
            new ModelDescription(
                ModelVersion.Parse("good"),
                Some.Noon,
                "sparse",
                Users: 1,
                Items: 1,
                Interactions: 1,
                ArtefactBytes: 1,
                new Dictionary<string, double>(StringComparer.Ordinal),
                new Dictionary<string, double>(StringComparer.Ordinal)
            ),
            artefact,
            s_none
        );
        var path = Write("models/bad/description.json", damage);

        Assert.Equal(ModelVersion.Parse("good"), Assert.Single(await models.ListAsync(s_none)).Version);

        Assert.Contains(path, Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_run_is_named_and_the_other_runs_are_listed(string damage)
    {
        using var runs = new FolderBatchRuns(_folder.Path, TimeProvider.System, _log);
        var run = BatchRun.Start(BatchRunId.Parse("good"), Some.Noon, TimeSpan.FromDays(30));
        await runs.SaveAsync(run, null, s_none);
        var path = Write("batch-runs/bad/run.json", damage);

        Assert.Equal([run], await runs.ListAsync(10, s_none));

        Assert.Contains(path, Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../victim")]
    [InlineData(".holder-../../../victim.lock")]
    [InlineData(".holder-..\\\\victim.lock")]
    [InlineData("/victim")]
    [InlineData("run.json")]
    public async Task A_lease_whose_holder_is_a_path_is_refused_and_nothing_is_deleted(string holder)
    {
        string[] victims = [Write("victim", "x"), Write("victim.lock", "x"), Write("batch-runs/run.json", "x")];
        Write("batch-runs/.lease.json", $$"""
            {"formatVersion":1,"runId":"a","attempt":1,"expiresAt":"2020-01-01T00:00:00.000Z","holder":"{{holder}}","process":"p:1","owner":""}
            """);
        using var runs = new FolderBatchRuns(_folder.Path, TimeProvider.System);

        var problem = await Assert.ThrowsAsync<StoredFormatException>(
            () => runs.LeaseAsync(new BatchLease(BatchRunId.Parse("b"), 1, Some.Noon.AddHours(1)), Some.Noon, s_none));

        Assert.Contains("as its holder", problem.Message, StringComparison.Ordinal);
        Assert.All(victims, victim => Assert.True(File.Exists(victim)));
    }

    [Fact]
    public void A_rename_waits_for_the_folder_and_says_if_the_folder_can_not_be_written()
    {
        var from = Write("from", "x");

        DurableMove.File(from, Path.Combine(_folder.Path, "to"));

        Assert.True(File.Exists(Path.Combine(_folder.Path, "to")));
        if (!OperatingSystem.IsWindows())
            Assert.Contains(
                "could not be written",
                Assert.Throws<IOException>(() => DurableMove.Sync(Path.Combine(_folder.Path, "none"))).Message,
                StringComparison.Ordinal
            );
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
