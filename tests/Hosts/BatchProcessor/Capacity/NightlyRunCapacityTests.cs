using Xunit.Abstractions;

namespace Recommendation.BatchProcessor.Tests.Capacity;

/// <summary>
/// A nightly run on a table that is short of capacity: it takes longer, and nobody and nothing fails.
/// </summary>
public sealed class NightlyRunCapacityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(5, 860, false)]
    [InlineData(5, 860, true)]
    [InlineData(100, 5_160, false)]
    [InlineData(1, 400, false)]
    public async Task A_slow_table_delays_a_run_and_fails_nobody(int units, int users, bool hasBurst)
    {
        await using var world = await CapacityWorld.StartAsync(units);
        await world.GivenActiveAsync(users);
        if (!hasBurst)
        {
            world.Table.Reads.Drain();
            world.Table.Writes.Drain();
            world.Table.IndexReads.Drain();
        }
        var started = world.Time.GetUtcNow();

        var results = await world.RunAsync();
        var took = world.Time.GetUtcNow() - started;
        var least =
            new[] { world.Table.Reads.Least(hasBurst), world.Table.Writes.Least(hasBurst) }.Max()
            + world.Table.IndexReads.Least(hasBurst);
        output.WriteLine(
            $"{users} users at {units} units: {took.TotalSeconds:0} s, the capacity allows {least.TotalSeconds:0} s; "
                + $"{world.Invocations} invocations, "
                + $"{world.Table.Throttled} calls throttled, {world.Table.Writes.Consumed:0} writes, "
                + $"{world.Table.Reads.Consumed:0} reads, list of {world.LargestOf("recommendations")} bytes."
        );

        Assert.Equal(
            (users, 0, 0),
            (results.GetProperty("fallback").GetInt32(), results.GetProperty("failed").GetInt32(), world.Errors)
        );
        // Half a minute is what a process takes to learn the rate.
        Assert.True(
            took <= (least * 1.3) + TimeSpan.FromSeconds(hasBurst ? 30 : 0),
            $"It took {took}, and the capacity allows {least}."
        );
        Assert.InRange(world.LargestOf("recommendations"), 1, 2048);
    }
}
