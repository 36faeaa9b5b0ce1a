using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Given;

/// <summary>
/// The profiles that a log makes when each of its interactions is seen once and in order; what every
/// failure must end in.
/// </summary>
internal static partial class CleanPass
{
    /// <summary>
    /// So small that the failures meet profiles whose interactions move on into the history all the time.
    /// </summary>
    internal static readonly ProfilePolicy Policy = new() { RecentLimit = 4, PendingLimit = 2 };

    internal static void Configure(RecommendationOptions options) =>
        (options.RecentInteractions, options.PendingInteractions) = (Policy.RecentLimit, Policy.PendingLimit);

    internal static SortedDictionary<UserId, UserProfile> Over(
        IEnumerable<Interaction> log,
        ProfilePolicy? policy = null
    ) =>
        new(
            log.GroupBy(one => one.UserId)
                .ToDictionary(
                    user => user.Key,
                    user => UserProfile.New(user.Key).Apply([.. user], policy ?? Policy).Profile
                )
        );

    internal static async Task<UserMemory> MemoryOfAsync(UserProfile profile, IHistoryStore histories)
    {
        HistoryName[] names = profile.HistoryKey is { } key ? [new(profile.UserId, key)] : [];
        var stored = await histories.LoadAsync(names, CancellationToken.None);
        return UserMemory.Of(profile, stored.GetValueOrDefault(profile.UserId), _ => true);
    }

    /// <summary>The profiles, and all that is remembered beyond them.</summary>
    internal static async Task SameAsync(
        SortedDictionary<UserId, UserProfile> expected,
        SortedDictionary<UserId, UserProfile> actual,
        IHistoryStore histories
    )
    {
        Same(expected, actual);
        foreach (var (user, profile) in expected)
            SameMemory(profile, await MemoryOfAsync(actual[user], histories));
    }

    /// <summary>That a memory is whole: what a profile remembers that keeps all its interactions itself.</summary>
    internal static void SameMemory(UserProfile expected, UserMemory actual)
    {
        var memory = UserMemory.Of(expected, stored: null, _ => true);
        Assert.True(actual.IsComplete);
        Assert.Equal(memory.History, actual.History);
        Assert.All(memory.History, entry => Assert.True(actual.ActedOn.Contains(entry.ItemId)));
        Assert.False(actual.ActedOn.Contains(ItemId.Parse("an item of nobody")));
    }

    internal static void Same(
        SortedDictionary<UserId, UserProfile> expected,
        SortedDictionary<UserId, UserProfile> actual
    )
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (user, profile) in expected)
            Same(profile, actual[user]);
    }

    internal static void Same(UserProfile expected, UserProfile actual)
    {
        SameCounts(expected, actual);
        Assert.Equal(expected.Marks, actual.Marks);
        // In order of arrival, and partitions arrive in any.
        Assert.Equal(expected.EventIds.Order(), actual.EventIds.Order());
    }

    /// <summary>Where the interactions came by another way: the same but for what guards against copies.</summary>
    internal static void SameCounts(UserProfile expected, UserProfile actual)
    {
        Assert.Equal(expected.UserId, actual.UserId);
        Assert.Equal(expected.InteractionCount, actual.InteractionCount);
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Recent, actual.Recent);
        Assert.Equal(expected.FirstInteraction, actual.FirstInteraction);
    }
}
