using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>Readers of the log that do not apply leave out what was erased.</summary>
public sealed class ErasedUsersTests : InWorld
{
    [Fact]
    public async Task Only_what_arrived_before_the_erasure_is_left_out()
    {
        await EraseAsync(Some.Ann, Some.Noon.AddSeconds(5));
        var log = Some.Interactions(10, Some.Ann, Some.Bob);

        var read = await ReadAsync(log);

        Assert.Equal(log.Where(one => one.UserId == Some.Bob || one.ArrivedAt >= Some.Noon.AddSeconds(5)), read);
        Assert.Equal(8, read.Count);
    }

    [Fact]
    public async Task Each_user_is_looked_up_once_in_a_log_of_any_length()
    {
        await EraseAsync(Some.Ann, Some.Noon.AddDays(1));
        World.Profiles.Loads.Clear();

        var read = await ReadAsync(Some.Interactions(10_000, Some.Ann, Some.Bob));

        Assert.Equal(5000, read.Count);
        Assert.Equal(2, World.Profiles.Loads.Sum(users => users.Length));
    }

    private async Task EraseAsync(UserId user, DateTimeOffset at) =>
        await World.Profiles.SaveAsync([UserProfile.New(user).Erase(at)], checkpoint: null, CancellationToken.None);

    private async Task<List<Interaction>> ReadAsync(Interaction[] log) =>
        await log.ToAsyncEnumerable().WithoutErasedAsync(World.Profiles, CancellationToken.None).ToListAsync();
}
