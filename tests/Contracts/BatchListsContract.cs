using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>What every keeper of files of lists does.</summary>
public abstract class BatchListsContract : Contract<IBatchLists>
{
    private static readonly BatchRun s_run = BatchRun.Start(
        BatchRunId.Parse("scheduled-2026-03-14"),
        Some.Noon,
        TimeSpan.FromDays(30)
    );

    /// <summary>The content of a file; null where there is none.</summary>
    /// <param name="name">Below <c>batch-results</c>.</param>
    protected abstract Task<byte[]?> ContentAsync(string name);

    /// <summary>The same files for a program that knows no format of them.</summary>
    protected abstract IBatchLists WithoutFormat();

    [Fact]
    public async Task Each_segment_has_a_file_under_the_day_and_the_run()
    {
        await Port.SaveAsync(s_run, 0, [ListOf("ann"), ListOf("bob")], None);
        await Port.SaveAsync(s_run, 1_000_007, [], None);

        Assert.Equal("ann bob", await TextAsync(0));
        Assert.Equal("", await TextAsync(1_000_007));
        Assert.NotNull(await ContentAsync("2026-03-14/scheduled-2026-03-14/lists/000000.txt"));
    }

    [Fact]
    public async Task A_segment_that_is_saved_again_replaces_its_file()
    {
        await Port.SaveAsync(s_run, 0, [ListOf("ann"), ListOf("bob")], None);
        await Port.SaveAsync(s_run, 0, [ListOf("cid")], None);
        Assert.Equal("cid", await TextAsync(0));
    }

    [Fact]
    public async Task Removing_a_runs_files_leaves_those_of_others()
    {
        var other = s_run with { Id = BatchRunId.Parse("other") };
        await Port.SaveAsync(s_run, 0, [ListOf("ann")], None);
        await Port.SaveAsync(other, 0, [ListOf("bob")], None);
        await Port.RemoveAsync(s_run, None);
        await Port.RemoveAsync(s_run with { Id = BatchRunId.Parse("none") }, None);

        Assert.Null(await TextAsync(0));
        Assert.Equal("bob", await TextAsync(0, "other"));
    }

    [Fact]
    public async Task An_erasure_reaches_every_file_of_every_run_and_leaves_the_others_as_they_are()
    {
        for (var segment = 0; segment < 60; segment++)
            await Port.SaveAsync(
                s_run,
                segment,
                segment % 7 == 0 ? [ListOf("ann"), ListOf("bob")] : [ListOf("bob")],
                None
            );
        var later = s_run with { Id = BatchRunId.Parse("other"), StartedAt = Some.Noon.AddDays(3) };
        await Port.SaveAsync(later, 0, [ListOf("ann")], None);

        Assert.Equal(10, await EraseAsync((IErasable)Port, "ann"));
        Assert.Equal(0, await EraseAsync((IErasable)Port, "ann"));
        Assert.Equal("bob", await TextAsync(0));
        Assert.Equal("bob", await TextAsync(56));
        Assert.Equal("", Encoding.UTF8.GetString((await ContentAsync("2026-03-17/other/lists/000000.txt"))!));
    }

    [Fact]
    public async Task An_erasure_stops_at_a_file_that_it_cannot_rewrite()
    {
        await Port.SaveAsync(s_run, 0, [ListOf("ann")], None);
        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            EraseAsync((IErasable)WithoutFormat(), "ann")
        );
        Assert.Contains("000000.txt", problem.Message, StringComparison.Ordinal);

        await WithoutFormat().SaveAsync(s_run, 1, [ListOf("ann")], None);
        Assert.Null(await TextAsync(1));
    }

    private static Task<long> EraseAsync(IErasable place, string user) => place.EraseAllAsync(UserId.Parse(user));

    private async Task<string?> TextAsync(int segment, string run = "scheduled-2026-03-14") =>
        await ContentAsync($"2026-03-14/{run}/lists/{segment:000000}.txt") is { } content
            ? Encoding.UTF8.GetString(content)
            : null;

    private static RecommendationList ListOf(string user) =>
        new()
        {
            UserId = UserId.Parse(user),
            Items = RankedItems.None,
            Source = ListSource.Batch,
            UpdatedAt = Some.Noon,
        };

    /// <summary>Users separated by spaces.</summary>
    protected sealed class Words : IListFiles
    {
        public string Extension => "txt";

        public Task<byte[]> WriteAsync(IReadOnlyList<RecommendationList> lists, CancellationToken cancellationToken) =>
            Task.FromResult(Encoding.UTF8.GetBytes(string.Join(' ', lists.Select(list => list.UserId.Value))));

        public Task<byte[]?> WithoutAsync(
            ReadOnlyMemory<byte> content,
            UserId user,
            CancellationToken cancellationToken
        )
        {
            var words = Encoding.UTF8.GetString(content.Span).Split(' ');
            return Task.FromResult(
                words.Contains(user.Value)
                    ? Encoding.UTF8.GetBytes(string.Join(' ', words.Where(word => word != user.Value)))
                    : null
            );
        }
    }
}
