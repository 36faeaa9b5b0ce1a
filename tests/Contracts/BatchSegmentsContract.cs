using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Contracts;

/// <summary>What every keeper of segments and results does.</summary>
public abstract class BatchSegmentsContract : Contract<IBatchSegments>
{
    private static readonly BatchRunId s_run = BatchRunId.Parse("scheduled-2026-03-14");

    /// <summary>The run that a day's results document names; null where there is none.</summary>
    protected abstract Task<string?> PublishedAsync(DateOnly day);

    [Fact]
    public async Task Frozen_users_come_back_in_their_order()
    {
        var users = Enumerable.Range(0, BatchRun.SegmentSize).Select(Some.User).ToList();
        await Port.SnapshotAsync(s_run, 0, users, None);
        await Port.SnapshotAsync(s_run, 1, [], None);
        Assert.Equal(users, await Port.UsersAsync(s_run, 0, None));
        Assert.Empty(await Port.UsersAsync(s_run, 1, None));
    }

    [Fact]
    public async Task Odd_ids_come_back_as_they_were()
    {
        await Port.SnapshotAsync(s_run, 0, [.. Some.OddIds.Select(Some.User)], None);
        Assert.Equal(Some.OddIds, (await Port.UsersAsync(s_run, 0, None)).Select(user => user.Value));
    }

    [Fact]
    public async Task Freezing_again_replaces_the_users()
    {
        await Port.SnapshotAsync(s_run, 0, [Some.User("u1"), Some.User("u2")], None);
        await Port.SnapshotAsync(s_run, 0, [Some.User("u3")], None);
        Assert.Equal([Some.User("u3")], await Port.UsersAsync(s_run, 0, None));
    }

    [Fact]
    public async Task A_segment_that_was_not_frozen_is_not_there()
    {
        await Port.SnapshotAsync(s_run, 0, [Some.User("u1")], None);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Port.UsersAsync(s_run, 1, None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Port.UsersAsync(BatchRunId.Parse("other"), 0, None));
    }

    [Fact]
    public async Task The_first_result_of_a_segment_stays_in_force()
    {
        Assert.Equal(Result(3, 10), await Port.RecordAsync(s_run, Result(3, 10), None));
        Assert.Equal(Result(3, 10), await Port.RecordAsync(s_run, Result(3, 11), None));
        Assert.Equal([Result(3, 10)], await Port.ResultsAsync(s_run, None));
    }

    [Fact]
    public async Task Results_come_back_whole_by_number()
    {
        var failed = new SegmentResult(11, new BatchCounts(1, 2, 3, 4), 5_000_000_000, "It \"failed\".");
        foreach (var result in new[] { failed, Result(2, 1), Result(100, 2) })
            await Port.RecordAsync(s_run, result, None);
        Assert.Equal([Result(2, 1), failed, Result(100, 2)], await Port.ResultsAsync(s_run, None));
        Assert.Empty(await Port.ResultsAsync(BatchRunId.Parse("other"), None));
    }

    [Fact]
    public async Task Of_concurrent_results_of_a_segment_one_is_in_force_for_all()
    {
        for (var segment = 0; segment < 5; segment++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(ranked =>
                Task.Run(() => Port.RecordAsync(s_run, Result(segment, ranked), None))));
            var inForce = (await Port.ResultsAsync(s_run, None)).Single(result => result.Number == segment);
            Assert.All(answers, answer => Assert.Equal(inForce, answer));
        }
    }

    [Fact]
    public async Task The_days_results_name_the_run_that_started_last_whichever_is_published_last()
    {
        Assert.Null(await PublishedAsync(Run("a", 2).Date));
        await Port.PublishAsync(Run("a", 2), None);
        Assert.Equal("a", await PublishedAsync(Run("a", 2).Date));
        await Port.PublishAsync(Run("b", 5), None);
        Assert.Equal("b", await PublishedAsync(Run("a", 2).Date));
        await Port.PublishAsync(Run("c", 4), None);
        await Port.PublishAsync(Run("a", 2), None);
        Assert.Equal("b", await PublishedAsync(Run("a", 2).Date));
    }

    [Fact]
    public async Task A_day_is_the_day_of_the_start()
    {
        await Port.PublishAsync(Run("a", 23) with { FinishedAt = Some.Noon.AddDays(1) }, None);
        await Port.PublishAsync(Run("b", 26), None);
        Assert.Equal("a", await PublishedAsync(new DateOnly(2026, 3, 14)));
        Assert.Equal("b", await PublishedAsync(new DateOnly(2026, 3, 15)));
    }

    [Fact]
    public async Task Publishing_a_run_again_replaces_its_results()
    {
        await Port.PublishAsync(Run("a", 2), None);
        await Port.PublishAsync(Run("a", 2) with { Recommendations = 9 }, None);
        Assert.Equal("a", await PublishedAsync(Run("a", 2).Date));
    }

    protected static BatchRun Run(string id, int hour) =>
        BatchRun.Start(BatchRunId.Parse(id), Some.Noon.AddHours(hour - 12), TimeSpan.FromDays(30));

    private static SegmentResult Result(int number, int ranked) =>
        new(number, new BatchCounts(ranked, 0, 0, 0), ranked * 100L, null);
}
