using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Contracts;

/// <summary>What every interaction log does.</summary>
public abstract class InteractionLogContract : Contract<IInteractionLog>
{
    /// <summary>Whether the log refuses an event id that it already holds for the user.</summary>
    protected virtual bool RefusesKnownEventIds => true;

    /// <summary>Waits until what was appended can be read, where a log archives before it reads.</summary>
    protected virtual Task SettleAsync() => Task.CompletedTask;

    /// <summary>Whether the log can be rewritten without a user.</summary>
    protected virtual bool CanForget => true;

    [Fact]
    public async Task An_empty_log_reads_nothing() => Assert.Empty(await ReadAsync());

    [Fact]
    public async Task Appending_nothing_answers_nothing() => Assert.Empty(await Port.AppendAsync([], None));

    [Fact]
    public async Task A_check_of_a_log_that_is_there_ends_well_and_appends_nothing()
    {
        await Port.CheckAsync(None);
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task What_was_appended_is_read_back_whole_at_its_position()
    {
        var given = Some.Interaction(eventId: "e1") with
        {
            Type = InteractionType.Parse("own-type"),
            Value = -1.25e-7,
            OccurredAt = Some.Noon.AddMilliseconds(123),
        };
        var outcome = Assert.Single(await Port.AppendAsync([given], None));
        Assert.False(outcome.IsDuplicate);
        Assert.True(outcome.Position.IsAssigned);
        Assert.Equal(given with { Position = outcome.Position }, Assert.Single(await ReadAsync()));
    }

    [Fact]
    public async Task What_is_absent_stays_absent()
    {
        await Port.AppendAsync([Some.Interaction()], None);
        var read = Assert.Single(await ReadAsync());
        Assert.Null(read.EventId);
        Assert.Null(read.Value);
    }

    [Fact]
    public async Task Positions_rise_in_the_order_given_and_reading_keeps_it()
    {
        var first = await Port.AppendAsync(
            [.. Enumerable.Range(0, 50).Select(i => Some.Interaction(item: $"i{i}"))],
            None
        );
        var second = await Port.AppendAsync(
            [.. Enumerable.Range(50, 50).Select(i => Some.Interaction(item: $"i{i}"))],
            None
        );

        var read = await ReadAsync();
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"i{i}"),
            read.Select(interaction => interaction.ItemId.Value)
        );
        Assert.Equal(
            first.Concat(second).Select(outcome => outcome.Position),
            read.Select(interaction => interaction.Position)
        );
        Assert.All(
            read.Zip(read.Skip(1)),
            pair => Assert.True(pair.First.Position.CompareWithin(pair.Second.Position) < 0)
        );
    }

    [Fact]
    public async Task Reading_goes_on_after_a_position()
    {
        await Port.AppendAsync([.. Enumerable.Range(0, 10).Select(i => Some.Interaction(item: $"i{i}"))], None);
        var all = await ReadAsync();
        Assert.Equal(all.Skip(4), await ReadAsync(all[3].Position));
        Assert.Empty(await ReadAsync(all[^1].Position));
    }

    [Fact]
    public async Task A_large_batch_is_kept_whole_and_in_order()
    {
        var given = Enumerable.Range(0, 5_000).Select(i => Some.Interaction($"u{i % 37}", $"i{i}", $"e{i}")).ToList();
        var outcomes = await Port.AppendAsync(given, None);
        Assert.DoesNotContain(outcomes, outcome => outcome.IsDuplicate);

        var read = await ReadAsync();
        Assert.Equal(given.Count, read.Count);
        foreach (var user in read.GroupBy(interaction => interaction.UserId))
        {
            Assert.Equal(
                given.Where(interaction => interaction.UserId == user.Key).Select(interaction => interaction.ItemId),
                user.Select(interaction => interaction.ItemId));
        }
    }

    [Fact]
    public async Task Odd_ids_come_back_as_they_were()
    {
        var given = Some.OddIds.Select(id => Some.Interaction(id, id, id)).ToList();
        await Port.AppendAsync(given, None);
        var read = await ReadAsync();
        Assert.Equal(
            Some.OddIds.Order(StringComparer.Ordinal),
            read.Select(interaction => interaction.UserId.Value).Order(StringComparer.Ordinal)
        );
        Assert.All(read, interaction => Assert.Equal(interaction.UserId.Value, interaction.ItemId.Value));
        Assert.All(read, interaction => Assert.Equal(interaction.UserId.Value, interaction.EventId!.Value.Value));
    }

    [Fact]
    public async Task An_event_id_that_the_user_has_is_refused_where_the_log_knows_it()
    {
        await Port.AppendAsync([Some.Interaction(item: "first", eventId: "e1")], None);
        await Port.AppendAsync(
            [.. Enumerable.Range(0, 500).Select(i => Some.Interaction(eventId: $"other-{i}"))],
            None
        );
        var again = Assert.Single(await Port.AppendAsync([Some.Interaction(item: "second", eventId: "e1")], None));

        Assert.Equal(RefusesKnownEventIds, again.IsDuplicate);
        Assert.Equal(RefusesKnownEventIds ? 501 : 502, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task A_copy_within_one_call_is_refused_and_the_first_stays()
    {
        var outcomes = await Port.AppendAsync(
            [
                Some.Interaction(item: "a", eventId: "e1"),
                Some.Interaction(item: "b"),
                Some.Interaction(item: "c", eventId: "e1"),
                Some.Interaction(item: "d"),
            ],
            None);
        Assert.Equal([false, false, RefusesKnownEventIds, false], outcomes.Select(outcome => outcome.IsDuplicate));
        Assert.Equal(
            RefusesKnownEventIds ? ["a", "b", "d"] : ["a", "b", "c", "d"],
            (await ReadAsync()).Select(interaction => interaction.ItemId.Value));
    }

    [Fact]
    public async Task The_same_event_id_of_another_user_is_another_event()
    {
        // With the two ids run together, (ab, c) and (a, bc) would be the same.
        var outcomes = await Port.AppendAsync(
            [
                Some.Interaction("u1", eventId: "e1"),
                Some.Interaction("u2", eventId: "e1"),
                Some.Interaction("ab", eventId: "c"),
                Some.Interaction("a", eventId: "bc"),
            ],
            None
        );
        Assert.DoesNotContain(outcomes, outcome => outcome.IsDuplicate);
    }

    [Fact]
    public async Task Interactions_without_an_event_id_are_never_duplicates()
    {
        var outcomes = await Port.AppendAsync([Some.Interaction(), Some.Interaction()], None);
        Assert.DoesNotContain(outcomes, outcome => outcome.IsDuplicate);
        Assert.Equal(2, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task Concurrent_appends_are_all_kept_each_in_its_order_at_a_position_of_its_own()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(caller => Task.Run(() => Port.AppendAsync(
            [.. Enumerable.Range(0, 25).Select(i => Some.Interaction($"u{caller}", $"i{i}", $"e{i}"))], None))));
        Assert.Equal(1_000, outcomes.SelectMany(o => o).Select(outcome => outcome.Position).Distinct().Count());

        var read = await ReadAsync();
        Assert.Equal(1_000, read.Count);
        foreach (var user in read.GroupBy(interaction => interaction.UserId))
            Assert.Equal(
                Enumerable.Range(0, 25).Select(i => $"i{i}"),
                user.Select(interaction => interaction.ItemId.Value)
            );
    }

    [Fact]
    public async Task A_cancelled_append_stops_waiting() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Port.AppendAsync([Some.Interaction()], Cancelled)
        );

    [Fact]
    public async Task Forgetting_removes_what_is_before_the_erasures_place_whatever_its_arrival_and_nothing_else()
    {
        if (!CanForget)
            return;
        var appended = await Port.AppendAsync(
            [
                Some.Interaction("u1", "old", "e1"),
                Some.Interaction("u2", "other", "e1"),
                Some.Interaction("u1", "of-the-future", "e2") with
                {
                    ArrivedAt = Some.Noon.AddYears(20),
                },
                Some.Interaction("u1", "later", "e3") with
                {
                    OccurredAt = Some.Noon.AddYears(-1),
                    ArrivedAt = Some.Noon.AddYears(-1),
                },
            ],
            None);
        // The erasure's place is that of the third one; a log of several partitions compares those of the user's own.
        var boundary = Forgetting.Through(appended[2].Position);
        Assert.Equal(2, await Port.ForgetAllAsync(Some.User("u1"), boundary));
        Assert.Equal(
            ["later", "other"],
            (await ReadAsync()).Select(interaction => interaction.ItemId.Value).Order(StringComparer.Ordinal)
        );
        Assert.Equal(0, await Port.ForgetAllAsync(Some.User("u1"), boundary));
        Assert.Equal(0, await Port.ForgetAllAsync(Some.User("nobody"), boundary));
    }

    [Fact]
    public async Task Positions_are_not_used_again_after_the_last_interactions_were_forgotten()
    {
        if (!CanForget)
            return;
        var before = Assert.Single(await Port.AppendAsync([Some.Interaction(eventId: "e1")], None));
        await Port.ForgetAllAsync(Some.User("u1"), Forgetting.Through(before.Position));
        var after = Assert.Single(await Port.AppendAsync([Some.Interaction(eventId: "e1")], None));
        Assert.False(after.IsDuplicate);
        Assert.True(after.Position.CompareWithin(before.Position) > 0);
    }

    private async Task<List<Interaction>> ReadAsync(Position? after = null)
    {
        await SettleAsync();
        return await ListAsync(Port.ReadAsync(after, None));
    }
}
