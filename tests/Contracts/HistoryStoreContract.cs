using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Contracts;

/// <summary>What every history store does.</summary>
public abstract class HistoryStoreContract : Contract<IHistoryStore>
{
    [Fact]
    public async Task A_name_that_was_never_given_is_absent() =>
        Assert.Empty(await Port.LoadAsync([NameOf("u1"), NameOf("u2")], None));

    [Fact]
    public async Task Nothing_is_done_for_nothing()
    {
        Assert.Empty(await Port.LoadAsync([], None));
        Assert.Empty(await Port.PutAsync([], None));
        await Port.DeleteAsync([], None);
    }

    [Fact]
    public async Task A_history_comes_back_whole()
    {
        var history = Some.History(800);
        Assert.Equal([SaveOutcome.Saved], await Port.PutAsync([new(NameOf("u1"), history)], None));
        Assert.Equal(history, await FindAsync(NameOf("u1")));
    }

    [Fact]
    public async Task An_empty_history_comes_back_empty()
    {
        await Port.PutAsync([new(NameOf("u1"), StoredHistory.Empty)], None);
        Assert.Equal(StoredHistory.Empty, await FindAsync(NameOf("u1")));
    }

    [Fact]
    public async Task What_is_stored_under_a_name_never_changes()
    {
        await Port.PutAsync([new(NameOf("u1"), Some.History(3))], None);
        var outcomes = await Port.PutAsync(
            [new(NameOf("u2"), Some.History(4)), new(NameOf("u1"), Some.History(5))],
            None
        );
        Assert.Equal([SaveStatus.Saved, SaveStatus.Conflict], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(Some.History(3), await FindAsync(NameOf("u1")));
        Assert.Equal(Some.History(4), await FindAsync(NameOf("u2")));
    }

    [Fact]
    public async Task Two_histories_of_one_version_are_apart()
    {
        await Port.PutAsync([new(NameOf("u1", 7, 1), Some.History(1))], None);
        await Port.PutAsync([new(NameOf("u1", 7, 2), Some.History(2))], None);
        Assert.Equal(Some.History(1), await FindAsync(NameOf("u1", 7, 1)));
        Assert.Equal(Some.History(2), await FindAsync(NameOf("u1", 7, 2)));
    }

    [Fact]
    public async Task Many_histories_are_stored_and_loaded_each_with_its_own_content()
    {
        var histories = Enumerable
            .Range(0, 450)
            .Select(i => new NamedHistory(NameOf($"user-{i}", i, (ulong)i), Some.History(1 + (i % 7))))
            .ToList();
        Assert.All(await Port.PutAsync(histories, None), outcome => Assert.Equal(SaveOutcome.Saved, outcome));
        var loaded = await Port.LoadAsync([.. histories.Select(one => one.Name), NameOf("nobody")], None);
        Assert.Equal(histories.Count, loaded.Count);
        Assert.All(histories, one => Assert.Equal(one.History, loaded[one.Name.UserId]));
    }

    [Fact]
    public async Task Odd_ids_are_users_and_items_of_their_own()
    {
        foreach (var id in Some.OddIds)
            await Port.PutAsync([new(NameOf(id), Some.HistoryOf(id))], None);
        foreach (var id in Some.OddIds)
            Assert.Equal(id, Assert.Single((await FindAsync(NameOf(id)))!.Items).ItemId.Value);
    }

    [Fact]
    public async Task A_deletion_takes_the_histories_named_and_no_other()
    {
        HistoryName[] names = [NameOf("u1", 1, 1), NameOf("u1", 1, 2), NameOf("u1", 2, 1), NameOf("u2", 1, 1)];
        foreach (var name in names)
            await Port.PutAsync([new(name, Some.History(2))], None);
        await Port.DeleteAsync([names[0], names[3], NameOf("nobody")], None);
        Assert.Equal(names[1..3], await ThereAsync(names));
    }

    [Theory]
    [InlineData(5, null, new[] { 5, 9, 10 })]
    [InlineData(10, 3, new[] { 3, 10 })]
    [InlineData(10, 4, new[] { 10 })]
    [InlineData(0, null, new[] { 0, 3, 5, 9, 10 })]
    [InlineData(long.MaxValue, null, new int[0])]
    public async Task A_sweep_takes_what_is_below_a_version_but_the_one_that_is_kept(
        long version,
        int? except,
        int[] left
    )
    {
        int[] versions = [0, 3, 5, 9, 10];
        foreach (var one in versions)
            await Port.PutAsync([new(NameOf("u1", one), Some.History(2))], None);
        await Port.PutAsync([new(NameOf("u10", 1), Some.History(2))], None);

        await Port.SweepAsync(Some.User("u1"), version, except is { } kept ? NameOf("u1", kept).Key : null, None);

        Assert.Equal(
            left.Select(one => NameOf("u1", one)),
            await ThereAsync([.. versions.Select(one => NameOf("u1", one))])
        );
        Assert.NotNull(await FindAsync(NameOf("u10", 1)));
    }

    /// <summary>More than any store takes in one item.</summary>
    [Fact]
    public async Task A_history_of_a_hundred_thousand_items_comes_back_whole_and_goes_whole()
    {
        var history = Some.History(100_000);
        HistoryName[] names = [NameOf("u1", 1), NameOf("u2", 2), NameOf("u1", 3)];
        foreach (var name in names)
            Assert.Equal([SaveOutcome.Saved], await Port.PutAsync([new(name, history)], None));
        Assert.Equal(100_000, history.ActedOn.Count);
        foreach (var name in names)
            Assert.Equal(history, await FindAsync(name));
        Assert.Equal(
            [SaveStatus.Conflict],
            (await Port.PutAsync([new(names[0], Some.History(1))], None)).Select(outcome => outcome.Status)
        );

        await Port.SweepAsync(Some.User("u1"), 2, except: null, None);
        await Port.DeleteAsync([names[1]], None);

        Assert.Equal(names[2..], await ThereAsync(names));
        Assert.Equal(history, await FindAsync(names[2]));
        // Nothing of it is left that a later history of the name could be joined with.
        Assert.Equal([SaveOutcome.Saved], await Port.PutAsync([new(names[1], Some.History(100_000))], None));
    }

    [Fact]
    public async Task Sweeping_a_user_without_histories_is_harmless() =>
        await Port.SweepAsync(Some.User("nobody"), 9, except: null, None);

    [Fact]
    public async Task A_cancelled_call_stops_waiting()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Port.LoadAsync([NameOf("u1")], Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Port.PutAsync([new(NameOf("u1"), Some.History(1))], Cancelled)
        );
    }

    private static HistoryName NameOf(string user, long version = 7, ulong random = 0xfedcba9876543210) =>
        new(UserId.Parse(user), HistoryKey.New(version, random));

    private async Task<StoredHistory?> FindAsync(HistoryName name) =>
        (await Port.LoadAsync([name], None)).GetValueOrDefault(name.UserId);

    /// <summary>Those that are stored.</summary>
    private async Task<List<HistoryName>> ThereAsync(HistoryName[] names)
    {
        var there = new List<HistoryName>();
        foreach (var name in names)
        {
            if (await FindAsync(name) is not null)
                there.Add(name);
        }
        return there;
    }
}
