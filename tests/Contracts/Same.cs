using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>Equality of what holds lists: records compare those by reference.</summary>
public static class Same
{
    public static void Profile(UserProfile expected, UserProfile actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Recent, actual.Recent);
        Assert.Equal(expected.Marks, actual.Marks);
        Assert.Equal(expected.EventIds, actual.EventIds);
        Assert.Equal(expected.MergedUsers, actual.MergedUsers);
        Assert.Equal(expected.Erasure?.Marks ?? [], actual.Erasure?.Marks ?? []);
        Assert.Equal(expected.Erasure is { } one ? one with { Marks = [] } : null, actual.Erasure is { } other
            ? other with { Marks = [] } : null);
        Assert.Equal(
            expected with { Counts = [], Recent = [], Marks = [], EventIds = [], Erasure = null, MergedUsers = [] },
            actual with { Counts = [], Recent = [], Marks = [], EventIds = [], Erasure = null, MergedUsers = [] });
    }

    public static void List(RecommendationList expected, RecommendationList? actual) => Assert.Equal(expected, actual);
}
