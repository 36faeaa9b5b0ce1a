using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Given;

/// <summary>The profiles that a log makes when each of its interactions is seen once and in order; what every failure must end in.</summary>
internal static partial class CleanPass
{
    internal static SortedDictionary<UserId, UserProfile> Over(IEnumerable<Interaction> log) =>
        new(log.GroupBy(one => one.UserId).ToDictionary(
            user => user.Key, user => UserProfile.New(user.Key).Absorb([.. user], ProfilePolicy.Default).Profile));

    internal static void Same(SortedDictionary<UserId, UserProfile> expected, SortedDictionary<UserId, UserProfile> actual)
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
