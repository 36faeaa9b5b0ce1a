using Microsoft.Extensions.Time.Testing;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Items;
using Recommendation.Local.Files;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class UnavailableTests : SqliteTest
{
    [Fact]
    public async Task Many_connections_may_make_a_new_database_at_once()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = new TemporaryFolder();
            var keys = new SeenKeys(folder.Path);
            using var together = new Barrier(8);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    keys.Record(DateTimeOffset.UnixEpoch);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            Assert.True(keys.Any());
        }
    }

    [Fact]
    public async Task A_database_that_another_process_keeps_locked_is_said_to_be()
    {
        await using var other = Fixture.Open(TimeSpan.FromMilliseconds(20));
        await new SqliteProfileStore(other).SaveAsync([Some.Profile()], null, None);
        using (var blocked = new BlockedWriter(Fixture.Database))
        {
            var log = await Assert.ThrowsAsync<LogUnavailableException>(() =>
                new SqliteInteractionLog(other).AppendAsync([Some.Interaction()], None)
            );
            Assert.Contains("in use by another process", log.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<StoreUnavailableException>(() =>
                new SqliteProfileStore(other).SaveAsync([Some.Profile("u2")], null, None)
            );

            // Readers are not kept waiting.
            Assert.Single(await new SqliteProfileStore(other).LoadAsync([Some.User()], None));
            blocked.GoOn();
            await blocked.Work;
        }
        Assert.False((await new SqliteInteractionLog(other).AppendAsync([Some.Interaction()], None))[0].IsDuplicate);
    }

    [Fact]
    public async Task A_log_that_can_be_read_but_not_written_is_not_ready()
    {
        await using var other = Fixture.Open(TimeSpan.FromMilliseconds(20));
        var log = new SqliteInteractionLog(other);
        await log.CheckAsync(None);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(other.Path)!, ".ready*"));

        using var blocked = new BlockedWriter(Fixture.Database);
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.CheckAsync(None));
        blocked.GoOn();
        await blocked.Work;
        await log.CheckAsync(None);
    }

    [Fact]
    public async Task On_a_full_disk_the_log_is_not_ready()
    {
        if (!File.Exists("/dev/full"))
            return;
        var log = new SqliteInteractionLog(
            Fixture.Database,
            new WriteProbe(_ => new FileStream(
                "/dev/full",
                FileMode.Open,
                FileAccess.Write,
                FileShare.ReadWrite,
                bufferSize: 0
            ))
        );

        var problem = await Assert.ThrowsAsync<LogUnavailableException>(() => log.CheckAsync(None));

        Assert.Contains("that the disk has space", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_process_changes_in_the_catalogue_is_seen_once_a_look_is_over()
    {
        await using var other = Fixture.Open();
        var clock = new FakeTimeProvider(Some.Noon);
        var here = new SqliteItemCatalog(Fixture.Database, new CatalogueLooks(clock));
        var there = new SqliteItemCatalog(other);
        for (var round = 0; round < 3; round++)
        {
            var item = new CatalogItem(Some.Item("i1"), $"Title {round}", [], Available: round % 2 == 0);
            await there.PutAsync([item], None);
            clock.Advance(CatalogueLooks.Hold);
            Assert.Equal(item, Assert.Single(await here.FindAsync([item.ItemId], None)).Value);
            Assert.Equal(item.Available ? 0 : 1, (await here.UnavailableAsync(Some.Noon, None)).Count);
        }
    }

    [Fact]
    public async Task What_this_process_changes_in_the_catalogue_is_seen_while_a_look_holds()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        var here = new SqliteItemCatalog(Fixture.Database, new CatalogueLooks(clock));
        for (var round = 0; round < 4; round++)
        {
            clock.Advance(TimeSpan.FromTicks(1));
            var item = new CatalogItem(Some.Item("i1"), $"Title {round}", [], Available: round % 2 == 0);
            await here.PutAsync([item], None);
            for (var look = 0; look < 2; look++)
            {
                clock.Advance(TimeSpan.FromTicks(1));
                Assert.Equal(item, Assert.Single(await here.FindAsync([item.ItemId], None)).Value);
                Assert.Equal(item.Available ? 0 : 1, (await here.UnavailableAsync(Some.Noon, None)).Count);
            }
        }
    }

    [Fact]
    public async Task While_a_look_holds_the_catalogue_is_not_read_again()
    {
        await using var other = Fixture.Open();
        var clock = new FakeTimeProvider(Some.Noon);
        var here = new SqliteItemCatalog(Fixture.Database, new CatalogueLooks(clock));
        var before = new CatalogItem(Some.Item("i1"), "Before", []);
        await here.PutAsync([before], None);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(before, Assert.Single(await here.FindAsync([before.ItemId], None)).Value);
        await new SqliteItemCatalog(other).PutAsync([before with { Title = "After" }], None);
        Assert.Equal(before, Assert.Single(await here.FindAsync([before.ItemId], None)).Value);
    }

    [Fact]
    public async Task A_brief_read_does_not_wait_for_long_ones()
    {
        using var goOn = new ManualResetEventSlim();
        var readers = Fixture.Database.Readers;
        var many = Enumerable
            .Range(0, Environment.ProcessorCount * 4)
            .Select(_ =>
                Task.Factory.StartNew(
                        () =>
                            readers.RunAsync(
                                connection =>
                                {
                                    goOn.Wait();
                                    return connection.Number("SELECT 1");
                                },
                                Faults.OfStore,
                                None
                            ),
                        None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                    .Unwrap()
            )
            .ToArray();
        try
        {
            var brief = Task.Run(() =>
                readers.RunAsync(connection => connection.Number("SELECT 2"), Faults.OfStore, None, isBrief: true)
            );
            Assert.Equal(2, await brief.WaitAsync(TimeSpan.FromMinutes(1))); // for ever, where it has to wait
        }
        finally
        {
            goOn.Set();
        }
        Assert.All(await Task.WhenAll(many), number => Assert.Equal(1, number));
    }

    [Fact]
    public async Task Two_handles_take_turns_and_see_each_others_writes()
    {
        await using var other = Fixture.Open();
        SqliteInteractionLog[] logs = [new(Fixture.Database), new(other)];
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    Task.Run(() =>
                        logs[i % 2]
                            .AppendAsync([Some.Interaction(eventId: $"e{i / 2}"), Some.Interaction($"u{i}")], None)
                    )
                )
        );
        Assert.Equal(50, outcomes.Count(outcome => outcome[0].IsDuplicate));
        Assert.Equal(
            150,
            outcomes
                .SelectMany(outcome => outcome)
                .Where(o => !o.IsDuplicate)
                .Select(o => o.Position)
                .Distinct()
                .Count()
        );

        SqliteProfileStore[] stores = [new(Fixture.Database), new(other)];
        var saves = await Task.WhenAll(
            stores.Select(store => Task.Run(() => store.SaveAsync([Some.Profile()], null, None)))
        );
        Assert.Equal([SaveStatus.Saved, SaveStatus.Conflict], saves.Select(save => save[0].Status).Order());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_damaged()
    {
        await File.WriteAllTextAsync(Path.Combine(Fixture.Folder, LocalDatabase.FileName), new string('x', 10_000));
        var log = await Assert.ThrowsAsync<LogUnavailableException>(() =>
            new SqliteInteractionLog(Fixture.Database).AppendAsync([Some.Interaction()], None)
        );
        Assert.Contains("is damaged", log.Message, StringComparison.Ordinal);
        Assert.Contains("restore it from a backup", log.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            new SqliteProfileStore(Fixture.Database).LoadAsync([Some.User()], None)
        );
    }

    [Fact]
    public async Task A_database_with_overwritten_pages_is_said_to_be_damaged()
    {
        await new SqliteProfileStore(Fixture.Database).SaveAsync(
            [.. Enumerable.Range(0, 500).Select(i => Some.Profile($"u{i}"))],
            null,
            None
        );
        await Fixture.Database.DisposeAsync();
        var path = Path.Combine(Fixture.Folder, LocalDatabase.FileName);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes.AsSpan(4096 * 2).Fill(0xAB);
        await File.WriteAllBytesAsync(path, bytes);

        await using var damaged = Fixture.Open();
        var store = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            new SqliteProfileStore(damaged).LoadAsync([Some.User()], None)
        );
        Assert.Contains("is damaged", store.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_said_and_used_as_soon_as_it_can()
    {
        var folder = Path.Combine(Fixture.Folder, "file", "data");
        await File.WriteAllTextAsync(Path.Combine(Fixture.Folder, "file"), "in the way");
        await using var database = new LocalDatabase(new LocalOptions { Folder = folder });
        var store = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            new SqliteItemCatalog(database).UnavailableAsync(Some.Noon, None)
        );
        Assert.Contains("can't be opened", store.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LogUnavailableException>(() =>
            new SqliteInteractionLog(database).AppendAsync([Some.Interaction()], None)
        );

        File.Delete(Path.Combine(Fixture.Folder, "file"));
        Assert.Single(await new SqliteInteractionLog(database).AppendAsync([Some.Interaction()], None));
    }

    [Fact]
    public async Task A_position_of_another_log_is_refused()
    {
        var log = new SqliteInteractionLog(Fixture.Database);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (var _ in log.ReadAsync(Some.Position(1, partition: "shard-1"), None))
                Assert.Fail("It read from another log's position.");
        });
    }
}
