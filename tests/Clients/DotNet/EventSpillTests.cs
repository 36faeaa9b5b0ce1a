using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Recommendation.Client;
using Recommendation.Client.Spilling;
using Recommendation.Client.Writing;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>The files of batches that wait.</summary>
public sealed class EventSpillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedLogs _logs = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Batches_come_back_as_they_were_oldest_first_and_their_files_go_when_all_are_settled()
    {
        using (var spill = Open())
        {
            for (var n = 1; n <= 3; n++)
                Assert.True(spill.TryAppend(Batch(n)));
            Assert.Equal(9, spill.Events);
        }
        using var next = Open();
        Assert.Equal((3, 9L), (next.Waiting, next.Events));
        var batches = new List<EventBatch>();
        while (next.TryTake() is { } batch)
            batches.Add(batch);
        Assert.Equal(["k1", "k2", "k3"], batches.Select(batch => batch.Key));
        Assert.Equal(Batch(2).Body, batches[1].Body);
        Assert.Equal(3, batches[1].Count);
        next.Remove(batches[2].Spilled!);
        next.Remove(batches[0].Spilled!);
        Assert.Single(Directory.GetFiles(_folder.Path));
        next.Remove(batches[1].Spilled!);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Equal(0, next.Events);
    }

    [Fact]
    public void A_batch_that_was_put_back_comes_before_the_others()
    {
        using var spill = Open();
        spill.TryAppend(Batch(1));
        spill.TryAppend(Batch(2));
        spill.PutBack(spill.TryTake()!.Spilled!);
        Assert.Equal("k1", spill.TryTake()!.Key);
    }

    [Fact]
    public void A_file_that_ends_anywhere_keeps_every_whole_batch()
    {
        using (var spill = Open())
        {
            spill.TryAppend(Batch(1));
            spill.TryAppend(Batch(2));
        }
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var whole = File.ReadAllBytes(file);
        var first = whole.Length - ((whole.Length - SpillSegment.Format.Length) / 2);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            using (var spill = Open())
                Assert.Equal(length == whole.Length ? 2 : length >= first ? 1 : 0, spill.Waiting);
            // An empty file is removed; nothing else is.
            Assert.Equal(length >= first, File.Exists(file));
        }
        Assert.DoesNotContain(_logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void A_crash_that_leaves_zeros_is_no_damage()
    {
        using (var spill = Open())
            spill.TryAppend(Batch(1));
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        File.WriteAllBytes(file, [.. File.ReadAllBytes(file), .. new byte[500]]);
        using var next = Open();
        Assert.Equal(1, next.Waiting);
        Assert.DoesNotContain(_logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_file_is_reported_gives_what_is_before_the_damage_and_stays()
    {
        using (var spill = Open())
        {
            for (var n = 1; n <= 3; n++)
                spill.TryAppend(Batch(n));
        }
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        using var next = Open();
        var only = next.TryTake()!;
        Assert.Equal("k1", only.Key);
        Assert.Null(next.TryTake());
        next.Remove(only.Spilled!);
        Assert.True(File.Exists(file));
        Assert.Contains(_logs.Lines, line => line.Contains("is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_another_format_is_reported_and_stays()
    {
        var file = Path.Combine(_folder.Path, "other.events");
        File.WriteAllText(file, "RECEVT99 of a later version");
        using (var spill = Open())
            Assert.Equal(0, spill.Waiting);
        Assert.True(File.Exists(file));
        Assert.Contains(_logs.Lines, line => line.Contains("is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_processes_share_a_folder_and_take_nothing_from_each_other_while_they_live()
    {
        var first = Open();
        first.TryAppend(Batch(1));
        using (var second = Open())
        {
            Assert.Equal(0, second.Waiting);
            second.TryAppend(Batch(2));
        }
        first.Dispose();
        using var third = Open();
        Assert.Equal(2, third.Waiting);
    }

    [Fact]
    public void No_more_than_the_limit_is_written()
    {
        using var spill = Open(limit: 2_000);
        var taken = 0;
        while (spill.TryAppend(Batch(taken + 1, bytes: 500)))
            taken++;
        Assert.Equal(3, taken);
        Assert.Contains(_logs.Lines, line => line.Contains("SpillLimitBytes", StringComparison.Ordinal));
        spill.Remove(spill.TryTake()!.Spilled!);
        Assert.True(Directory.GetFiles(_folder.Path).Sum(file => new FileInfo(file).Length) <= 2_000);
    }

    [Fact]
    public void Files_are_for_this_user_only()
    {
        using var spill = Open();
        spill.TryAppend(Batch(1));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder.Path))));
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_named()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        var options = new EventWriterOptions { SpillFolder = Path.Combine(file, "spill") };
        var problem = Assert.Throws<IOException>(() =>
            EventSpill.Open(options, NullLogger.Instance, TimeProvider.System));
        Assert.Contains("Set Events.SpillFolder", problem.Message, StringComparison.Ordinal);
    }

    private EventSpill Open(long limit = 1_000_000) => EventSpill.Open(
        new EventWriterOptions { SpillFolder = _folder.Path, SpillLimitBytes = limit }, _logs, TimeProvider.System);

    private static EventBatch Batch(int n, int bytes = 40) =>
        new(n, $"k{n}", Encoding.UTF8.GetBytes(new string((char)('a' + n), bytes)), Count: 3);
}
