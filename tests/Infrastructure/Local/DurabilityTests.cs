using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class DurabilityTests : SqliteTest
{
    [Fact]
    public async Task What_was_stored_is_there_after_closing_and_opening()
    {
        var position = (await Log().AppendAsync([Some.Interaction(eventId: "e1")], None))[0].Position;
        await Profiles().SaveAsync([Some.Profile()], position, None);
        await Fixture.ReopenAsync();

        Assert.True((await Log().AppendAsync([Some.Interaction(eventId: "e1")], None))[0].IsDuplicate);
        Assert.Equal(position, await Profiles().CheckpointAsync(LocalLog.Partition, None));
        Assert.Equal(1, (await Profiles().LoadAsync([Some.User()], None))[Some.User()].Version);
    }

    [Fact]
    public async Task Closing_folds_the_write_ahead_log_into_the_file()
    {
        await Log().AppendAsync([Some.Interaction()], None);
        await Fixture.Database.DisposeAsync();
        Assert.Equal([LocalDatabase.FileName], Directory.GetFiles(Fixture.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_process_that_dies_at_any_point()
    {
        var acknowledged = new List<int>();
        using var stop = new CancellationTokenSource();
        var firstAppends = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Task.Run(async () =>
        {
            // Few enough that no checkpoint starts the log anew between the copies of the two files.
            for (var i = 0; i < 1_500 && !stop.IsCancellationRequested; i++)
            {
                await Log()
                    .AppendAsync(
                        [Some.Interaction($"u{i}", eventId: "a"), Some.Interaction($"u{i}", eventId: "b")],
                        None
                    );
                lock (acknowledged)
                    acknowledged.Add(i);
                if (i == 20)
                    firstAppends.SetResult();
            }
        });
        await firstAppends.Task;
        for (var round = 0; round < 10; round++)
        {
            int[] before;
            lock (acknowledged)
                before = [.. acknowledged];
            await AssertCopyHoldsAsync(before);
        }
        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task What_was_forgotten_is_in_no_file_any_more()
    {
        await Log()
            .AppendAsync(
                [
                    .. Enumerable
                        .Range(0, 300)
                        .Select(i => Some.Interaction("secret-user", "secret-item", $"secret-event-{i}")),
                ],
                None
            );
        await Log().AppendAsync([Some.Interaction("kept-user")], None);
        await Profiles().SaveAsync([Some.Profile("secret-person", item: "secret-item")], null, None);
        var quarantine = new SqliteQuarantine(Fixture.Database);
        await quarantine.AddAsync([Some.Quarantined(1, "secret-user") with { Raw = "secret-raw"u8.ToArray() }], None);
        var lists = new SqliteRecommendationStore(Fixture.Database);
        await lists.SaveAsync([Some.RecommendationsFor("secret-user", 100)], None);
        Assert.True(Bytes().AsSpan().IndexOf("secret-item"u8) >= 0);

        var user = Some.User("secret-user");
        Assert.Equal(
            300,
            await Log().ForgetAllAsync(user, Forgetting.Through(new Position("local", SequenceNumber.From(300))))
        );
        await quarantine.ForgetAllAsync(user);
        await lists.ForgetAsync(user, None);
        await Profiles().SaveAsync([(Some.Profile("secret-person") with { Version = 1 }).Erase(Some.Noon)], null, None);

        var bytes = Bytes();
        foreach (var secret in new[] { "secret-user", "secret-item", "secret-event", "secret-raw" })
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)));
        Assert.True(bytes.AsSpan().IndexOf("kept-user"u8) >= 0);
    }

    private SqliteInteractionLog Log() => new(Fixture.Database);

    private SqliteProfileStore Profiles() => new(Fixture.Database);

    /// <summary>
    /// What a process that starts after the other one died would find: the files as they are in this moment.
    /// </summary>
    private async Task AssertCopyHoldsAsync(int[] acknowledged)
    {
        using var copy = new TemporaryFolder();
        foreach (var name in new[] { LocalDatabase.FileName, LocalDatabase.FileName + "-wal" })
            File.Copy(Path.Combine(Fixture.Folder, name), Path.Combine(copy.Path, name));
        await using var database = new LocalDatabase(new LocalOptions { Folder = copy.Path });
        var users = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var interaction in new SqliteInteractionLog(database).ReadAsync(null, None))
            users[interaction.UserId.Value] = users.GetValueOrDefault(interaction.UserId.Value) + 1;

        Assert.All(users.Values, count => Assert.Equal(2, count));
        Assert.All(acknowledged, i => Assert.True(users.ContainsKey($"u{i}")));
        Assert.Equal(
            0,
            await database.Writer.RunAsync(
                connection =>
                    connection.Number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
                Faults.OfLog,
                None
            )
        );
        var again = await new SqliteInteractionLog(database).AppendAsync([Some.Interaction("u0", eventId: "a")], None);
        Assert.Equal(AppendOutcome.Duplicate(), again[0]);
    }

    private byte[] Bytes()
    {
        var all = new MemoryStream();
        foreach (
            var path in Directory
                .GetFiles(Fixture.Folder)
                .Where(path => !path.EndsWith("-shm", StringComparison.Ordinal))
        )
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.CopyTo(all);
        }
        return all.ToArray();
    }
}
