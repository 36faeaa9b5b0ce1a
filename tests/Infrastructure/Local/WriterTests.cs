using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class WriterTests : SqliteTest
{
    [Fact]
    public async Task Concurrent_appends_share_their_commits()
    {
        // All of these wait while the first is in its transaction.
        using var blocked = new BlockedWriter(Fixture.Database);
        var appends = Enumerable
            .Range(0, 500)
            .Select(i => Log().AppendAsync([Some.Interaction($"u{i}")], None))
            .ToArray();
        var before = Fixture.Database.Writer.Commits;
        blocked.GoOn();
        await Task.WhenAll(appends);
        Assert.InRange(Fixture.Database.Writer.Commits - before, 1, 4);
        Assert.Equal(500, appends.Length);
    }

    [Fact]
    public async Task Work_that_fails_is_undone_and_its_companions_are_not()
    {
        using var blocked = new BlockedWriter(Fixture.Database);
        var first = Log().AppendAsync([Some.Interaction(item: "first")], None);
        var broken = Fixture.Database.Writer.RunAsync<long>(
            connection =>
            {
                InteractionRows.Append(connection, [Some.Interaction(item: "broken")], []);
                throw new InvalidOperationException("It broke.");
            },
            Faults.OfLog,
            None);
        var refused = Fixture.Database.Writer.RunAsync(
            connection => connection.Prepare("INSERT INTO lists(user, body) VALUES('u1', NULL)").Run(),
            Faults.OfStore,
            None
        );
        var last = Log().AppendAsync([Some.Interaction(item: "last")], None);
        blocked.GoOn();

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => refused);
        await first;
        await last;
        Assert.Equal(["first", "last"], await ItemsAsync());
    }

    [Fact]
    public async Task Work_that_is_cancelled_before_its_turn_is_not_done()
    {
        using var blocked = new BlockedWriter(Fixture.Database);
        using var cancellation = new CancellationTokenSource();
        var cancelled = Log().AppendAsync([Some.Interaction(item: "cancelled")], cancellation.Token);
        var other = Log().AppendAsync([Some.Interaction(item: "other")], None);
        await cancellation.CancelAsync();
        blocked.GoOn();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await other;
        Assert.Equal(["other"], await ItemsAsync());
    }

    [Fact]
    public async Task Closing_waits_for_the_work_in_the_queue_and_takes_no_more()
    {
        var blocked = new BlockedWriter(Fixture.Database);
        var queued = Log().AppendAsync([Some.Interaction()], None);
        var closing = Fixture.Database.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Log().AppendAsync([Some.Interaction()], None));
        blocked.GoOn();
        await closing;
        Assert.False((await queued)[0].IsDuplicate);
        blocked.Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_said_and_what_fits_is_still_stored()
    {
        await Log().AppendAsync([Some.Interaction(item: "before")], None);
        await Fixture.Database.Writer.RunAsync(
            connection => connection.Number($"PRAGMA max_page_count = {connection.Number("PRAGMA page_count") + 3}"),
            Faults.OfStore,
            None
        );
        Interaction[] many = [.. Enumerable.Range(0, 3_000).Select(i => Some.Interaction(item: $"too-many-{i}"))];

        LogUnavailableException full;
        Task<IReadOnlyList<AppendOutcome>> small;
        using (var blocked = new BlockedWriter(Fixture.Database))
        {
            small = Log().AppendAsync([Some.Interaction(item: "small")], None);
            var large = Log().AppendAsync(many, None);
            blocked.GoOn();
            full = await Assert.ThrowsAsync<LogUnavailableException>(() => large);
        }
        Assert.Contains("is full: free some space", full.Message, StringComparison.Ordinal);
        await small;
        Assert.Equal(["before", "small"], await ItemsAsync());

        await Fixture.Database.Writer.RunAsync(
            connection => connection.Number("PRAGMA max_page_count = 1000000"),
            Faults.OfStore,
            None
        );
        Assert.Equal(3_000, (await Log().AppendAsync(many, None)).Count);
    }

    private SqliteInteractionLog Log() => new(Fixture.Database);

    private async Task<List<string>> ItemsAsync()
    {
        var items = new List<string>();
        await foreach (var interaction in Log().ReadAsync(null, None))
            items.Add(interaction.ItemId.Value);
        return items;
    }
}
