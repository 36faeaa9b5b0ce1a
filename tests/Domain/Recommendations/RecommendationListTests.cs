using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests.Recommendations;

public sealed class RecommendationListTests
{
    private static RecommendationList List => new()
    {
        UserId = Some.User,
        Items = Some.List(Some.Item("a", 0.9, "x"), Some.Item("b", 0.5)),
        Source = ListSource.Batch,
        UpdatedAt = Some.Noon,
        ModelVersion = ModelVersion.Parse("m1"),
        RunId = BatchRunId.Parse("r1"),
        ProfileVersion = 3,
    };

    [Fact]
    public void Lists_are_equal_by_what_they_hold()
    {
        Assert.Equal(List, List);
        Assert.NotEqual(List, List with { Items = Some.List(Some.Item("a", 0.9), Some.Item("b", 0.5)) });
        Assert.NotEqual(List, List with { ProfileVersion = 4 });
        Assert.NotEqual(List, List with { RunId = null });
    }

    [Fact]
    public void The_default_source_claims_nothing() => Assert.Equal(ListSource.Popular, default);
}
