using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Local.InMemory;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

/// <summary>
/// A redrive that read a record before an erasure began does not bring the user back by appending later.
/// </summary>
public sealed class RedriveRaceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_redriven_from_before_an_erasure_is_not_appended_after_it(bool inMemory)
    {
        await using var sqlite = new SqliteFixture();
        var memory = new MemoryInteractionLog();
        IInteractionLog log = inMemory ? memory : new SqliteInteractionLog(sqlite.Database);
        using var stored = new SqliteErasures(sqlite.Database);
        IErasures erasures = inMemory ? new MemoryErasures(memory) : stored;
        var late = Redriven("late", Some.Noon);
        await log.AppendAsync([Redriven("early", Some.Noon)], CancellationToken.None);

        await erasures.BeginAsync(Some.User("u1"), Some.Noon.AddHours(1), CancellationToken.None);
        var outcomes = await log.AppendAsync(
            [late, Some.Interaction("u2", eventId: "other"), Redriven("after", Some.Noon.AddHours(2))],
            CancellationToken.None
        );

        // What was appended before is erased by its place in the log.
        Assert.Equal([true, false, false], outcomes.Select(outcome => outcome.IsDuplicate));
        var events = await log.ReadAsync(after: null, CancellationToken.None)
            .Select(interaction => interaction.EventId!.Value.Value)
            .ToListAsync();
        Assert.Equal(["early", "other", "after"], events);
        // The id of what was not appended is free.
        Assert.False(
            (await log.AppendAsync([late with { RedrivenFrom = null }], CancellationToken.None))[0].IsDuplicate
        );
    }

    private static Interaction Redriven(string eventId, DateTimeOffset arrivedAt) =>
        Some.Interaction(eventId: eventId) with
        {
            RedrivenFrom = new FirstArrival(Some.Position(7, partition: "file:events.csv"), arrivedAt),
        };
}
