using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;

namespace Recommendation.Application.Tests.Interactions;

/// <summary>A stream of events goes into the log and the profiles, whole or as far as it could be read.</summary>
public sealed class ImportInteractionsTests : InWorld
{
    private const int Batch = ImportInteractions.BatchSize;

    [Fact]
    public async Task Everything_read_is_durable_and_counted()
    {
        var reports = new List<long>();

        var result = await World.SendAsync(
            new ImportInteractions(Events(Batch + 10).ToAsyncEnumerable(), "local", new Reports<long>(reports))
        );

        Assert.Equal(
            (Batch + 10, 0, 0, Batch + 10),
            (result.Appended, result.Duplicates, result.Rejected, result.Counted)
        );
        Assert.Equal([Batch, Batch + 10], reports);
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
        Assert.Equal(Some.At(Batch + 10), await World.CheckpointAsync());
    }

    [Fact]
    public async Task The_same_stream_again_adds_nothing()
    {
        await ImportAsync(Events(50).ToAsyncEnumerable());

        var again = await ImportAsync(Events(60).ToAsyncEnumerable());

        Assert.Equal((10, 50, 10), (again.Appended, again.Duplicates, again.Counted));
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(Batch)]
    [InlineData(Batch + 7)]
    public async Task What_was_read_of_a_stream_that_breaks_is_kept_and_the_failure_surfaces(int readable)
    {
        var problem = await Assert.ThrowsAsync<IOException>(() => ImportAsync(Broken(readable)));

        Assert.Equal("The disk is gone.", problem.Message);
        Assert.Equal(readable, (await World.LoggedAsync()).Count);
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_log_that_fails_stops_the_import_and_surfaces_as_itself()
    {
        World.Log.Appending = _ => Fault.Throw(Fault.LogDown);
        var read = 0;

        await Assert.ThrowsAsync<LogUnavailableException>(() => ImportAsync(Endless(() => read++)));

        Assert.InRange(read, 1, 5 * Batch);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_log_that_fails_stops_the_import_where_somebody_else_applies_it_too()
    {
        World.Log.Appending = _ => Fault.Throw(Fault.LogDown);

        await Assert.ThrowsAsync<LogUnavailableException>(() =>
            World.SendAsync(new ImportInteractions(Endless(() => { }), Partition: null))
        );
    }

    [Fact]
    public async Task A_profile_store_that_fails_stops_the_import_and_surfaces_as_itself()
    {
        World.Profiles.Saving = _ => Fault.Throw(Fault.StoreDown);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ImportAsync(Endless(() => { })));

        World.Profiles.Heal();
        await World.SendAsync(new CatchUpProfiles("local"));
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact]
    public async Task A_store_that_fails_after_the_stream_broke_surfaces_before_it()
    {
        World.Profiles.Saving = _ => Fault.Throw(Fault.StoreDown);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ImportAsync(Broken(7)));
    }

    [Fact]
    public async Task A_cancellation_stops_it_and_what_is_durable_stays()
    {
        using var stop = new CancellationTokenSource();
        World.Log.Appended = stop.CancelAsync;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportAsync(Endless(() => { }), stop.Token));

        World.Log.Appended = null;
        Assert.Equal(Batch, (await World.LoggedAsync()).Count);
        await ImportAsync(Events(Batch + 1).ToAsyncEnumerable());
        Assert.Equal(Batch + 1, (await World.ProfilesAsync()).Values.Sum(profile => profile.InteractionCount));
    }

    [Fact]
    public async Task What_an_import_killed_before_its_profiles_followed_left_behind_is_applied()
    {
        await World.SendAsync(new AppendInteractions(Events(5)));

        var result = await ImportAsync(AsyncEnumerable.Empty<IncomingEvent>());

        Assert.Equal((0, 5), (result.Appended, result.Counted));
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact]
    public async Task It_reads_a_few_batches_ahead_of_a_slow_log_and_no_more()
    {
        var (read, durable, most) = (0, 0, 0);
        var ahead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.Log.Appending = _ => ahead.Task;
        World.Log.Appended = () => Task.FromResult(Interlocked.Add(ref durable, Batch));
        var import = ImportAsync(Count(Events(8 * Batch), () =>
        {
            most = Math.Max(most, ++read - Volatile.Read(ref durable));
            if (read == 4 * Batch)
                ahead.SetResult();
        }));

        Assert.Equal(8 * Batch, (await import).Appended);
        // One is being appended, two wait, and one more is being handed over.
        Assert.Equal(4 * Batch, most);
    }

    [Fact]
    public async Task Rejected_events_are_counted_all_and_shown_in_part()
    {
        var result = await ImportAsync(
            Enumerable.Range(1, 30).Select(n => Some.Event(n, user: n % 2 == 0 ? "ann" : "")).ToAsyncEnumerable()
        );

        Assert.Equal((15, 15, 30), (result.Appended, result.Rejected, result.Events));
        Assert.Equal(ImportedInteractions.MaximumExamples, result.Examples.Count);
        Assert.Equal(15, (await World.QuarantinedAsync()).Count);
    }

    [Fact]
    public async Task The_newest_time_of_all_batches_is_told()
    {
        IncomingEvent[] events =
        [
            Some.Event(0, timestamp: "2026-02-28T00:00:00Z"),
            .. Enumerable.Range(1, Batch).Select(n => Some.Event(n, timestamp: "2026-02-01T00:00:00Z")),
        ];

        Assert.Equal(
            new DateTimeOffset(2026, 2, 28, 0, 0, 0, TimeSpan.Zero),
            (await ImportAsync(events.ToAsyncEnumerable())).Newest
        );
    }

    private static IncomingEvent[] Events(int count) =>
        [.. Enumerable.Range(1, count).Select(n => Some.Event(n, user: $"u{n % 9}"))];

    private static async IAsyncEnumerable<IncomingEvent> Broken(int readable)
    {
        foreach (var one in Events(readable))
            yield return one;
        await Task.Yield();
        throw new IOException("The disk is gone.");
    }

    private static IAsyncEnumerable<IncomingEvent> Count(IEnumerable<IncomingEvent> events, Action read) =>
        events
            .Select(one =>
            {
                read();
                return one;
            })
            .ToAsyncEnumerable();

    private static IAsyncEnumerable<IncomingEvent> Endless(Action read) =>
        Count(Enumerable.InfiniteSequence(1, 1).Select(n => Some.Event(n, user: $"u{n % 9}")), read);

    private Task<ImportedInteractions> ImportAsync(
        IAsyncEnumerable<IncomingEvent> events,
        CancellationToken cancellationToken = default
    ) => World.SendAsync(new ImportInteractions(events, "local"), cancellationToken);
}
