using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Local.InMemory;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

/// <summary>
/// Erasures of a user are in the order in which they were requested, whatever the clocks of their hosts say.
/// </summary>
public sealed class ErasureOrderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_later_erasure_includes_an_earlier_one_by_a_host_whose_clock_is_ahead(bool inMemory)
    {
        await using var sqlite = new SqliteFixture();
        IErasures erasures = inMemory
            ? new MemoryErasures(new MemoryInteractionLog())
            : new SqliteErasures(sqlite.Database);
        var ahead = await erasures.BeginAsync(Some.User("u1"), Some.Noon.AddDays(2), CancellationToken.None);
        var other = await erasures.BeginAsync(Some.User("u2"), Some.Noon, CancellationToken.None);
        var later = await erasures.BeginAsync(Some.User("u1"), Some.Noon, CancellationToken.None);
        Assert.True(later.Boundary.Includes(ahead.Boundary));
        Assert.False(ahead.Boundary.Includes(later.Boundary));
        Assert.Equal(Some.Noon.AddMilliseconds(1), other.Boundary.ArrivedAt);
    }
}
