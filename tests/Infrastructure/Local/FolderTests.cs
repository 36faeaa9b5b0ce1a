using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;
using Recommendation.Local.Files;

namespace Recommendation.Local.Tests;

public sealed class FolderTests : IDisposable
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static readonly BatchRunId s_run = BatchRunId.Parse("a");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_lease_of_a_holder_that_died_is_free_at_once()
    {
        var dead = Runs();
        await dead.LeaseAsync(Lease("a"), Some.Noon, s_none);
        using var other = Runs();
        Assert.Equal(Lease("a"), await other.LeaseAsync(Lease("a", 2), Some.Noon, s_none));

        // The operating system closes the files of a process that dies.
        dead.Dispose();
        Assert.Equal(Lease("a", 2), await other.LeaseAsync(Lease("a", 2), Some.Noon, s_none));
    }

    [Fact]
    public async Task A_holder_that_hangs_past_its_time_loses_the_lease_for_good()
    {
        using var hanging = Runs();
        using var other = Runs();
        await hanging.LeaseAsync(Lease("a"), Some.Noon, s_none);
        var taken = Lease("b") with { ExpiresAt = Some.Noon.AddHours(2) };
        Assert.Equal(taken, await other.LeaseAsync(taken, Some.Noon.AddHours(1), s_none));
        Assert.Equal(taken, await hanging.LeaseAsync(Lease("a"), Some.Noon.AddHours(1), s_none));
        await hanging.ReleaseAsync(Lease("a"), s_none);
        Assert.Equal(taken, await hanging.LeaseAsync(Lease("c"), Some.Noon.AddHours(1), s_none));
    }

    [Fact]
    public async Task Of_two_processes_that_ask_at_once_one_gets_the_lease()
    {
        var processes = Enumerable.Range(0, 6).Select(_ => Runs()).ToArray();
        var answers = await Task.WhenAll(
            processes.Select((runs, i) => Task.Run(() => runs.LeaseAsync(Lease($"run-{i}"), Some.Noon, s_none)))
        );
        Assert.Single(answers.Distinct());
        foreach (var runs in processes)
            runs.Dispose();
    }

    [Fact]
    public async Task Results_have_the_attributes_that_readers_rely_on()
    {
        var run = BatchRun.Start(s_run, Some.Noon, TimeSpan.FromDays(30))
            .Planned(1, 10, ModelVersion.Parse("v1"))
            .Complete([new SegmentResult(0, new BatchCounts(5, 2, 1, 2), 700, "One failed.")], Some.Noon.AddMinutes(3));
        await new FolderBatchSegments(_folder.Path, TimeProvider.System).PublishAsync(run, s_none);

        foreach (var name in new[] { "a/results.json", "results.json" })
        {
            using var document = JsonDocument.Parse(
                await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "batch-results/2026-03-14", name))
            );
            Assert.Equal(
                """{"formatVersion":1,"timestamp":"2026-03-14T12:03:00.000Z","processedUsers":7,"recommendationsGenerated":700,"runId":"a","startedAt":"2026-03-14T12:00:00.000Z","finishedAt":"2026-03-14T12:03:00.000Z","modelVersion":"v1","active":10,"ranked":5,"fallback":2,"failed":1,"skipped":2,"note":"One failed."}""",
                JsonSerializer.Serialize(document.RootElement));
        }
    }

    [Fact]
    public async Task Documents_of_a_newer_format_are_refused_with_a_sentence()
    {
        using var runs = Runs();
        await runs.SaveAsync(BatchRun.Start(s_run, Some.Noon, TimeSpan.FromDays(30)), null, s_none);
        var path = Path.Combine(_folder.Path, "batch-runs/a/run.json");
        await File.WriteAllTextAsync(path, """{"formatVersion":2,"somethingElse":true}""");
        var refusal = await Assert.ThrowsAsync<StoredFormatException>(() => runs.FindAsync(s_run, s_none));
        Assert.Contains("format 2", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"formatVersion":1}""")]
    [InlineData("""{"formatVersion":1,"revision":1,"version":"../up"}""")]
    public async Task A_damaged_document_is_said_to_be(string content)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "models"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "models/current.json"), content);
        await Assert.ThrowsAsync<StoredFormatException>(() => Models().CurrentAsync(s_none));
    }

    [Fact]
    public async Task What_a_dead_put_left_behind_is_no_model_and_does_not_stand_in_the_way()
    {
        var leftover = Directory.CreateDirectory(Path.Combine(_folder.Path, "models/.new-v1"));
        await File.WriteAllTextAsync(Path.Combine(leftover.FullName, "model.tar.gz"), "half");
        Assert.Empty(await Models().ListAsync(s_none));

        var description = new ModelDescription(
            ModelVersion.Parse("v1"),
            Some.Noon,
            "sparse",
            1,
            1,
            1,
            1,
            new Dictionary<string, double>(StringComparer.Ordinal),
            new Dictionary<string, double>(StringComparer.Ordinal)
        );
        await Models().PutAsync(description, new MemoryStream("whole"u8.ToArray()), s_none);
        await using var stream = await Models().OpenAsync(description.Version, s_none);
        Assert.Equal("whole", await new StreamReader(stream!).ReadToEndAsync(s_none));
        await Assert.ThrowsAsync<RefusedException>(() =>
            Models()
                .PutAsync(description with { Version = ModelVersion.Parse("current.json") }, new MemoryStream(), s_none)
        );
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_is_said()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "batch-runs"), "in the way");
        using var runs = Runs();
        var store = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            runs.LeaseAsync(Lease("a"), Some.Noon, s_none)
        );
        Assert.Contains("could not be read or written", store.Message, StringComparison.Ordinal);
    }

    private FolderBatchRuns Runs() => new(_folder.Path, TimeProvider.System);

    private FolderModelStore Models() => new(_folder.Path, TimeProvider.System);

    private static BatchLease Lease(string run, int attempt = 1) =>
        new(BatchRunId.Parse(run), attempt, Some.Noon.AddMinutes(10));
}
