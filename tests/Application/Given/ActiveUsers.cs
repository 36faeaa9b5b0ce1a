using Recommendation.Application.Batches;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Given;

/// <summary>What batch runs start from.</summary>
internal static class ActiveUsers
{
    /// <summary>Users who interacted with one item each at noon, and a model.</summary>
    internal static async Task<UserId[]> GivenActiveAsync(this World world, int count, bool model = true)
    {
        UserId[] users = [.. Enumerable.Range(1, count).Select(Some.User)];
        await world.SendAsync(
            new UpdateProfiles(
                [.. users.Select((user, i) => Some.Interaction(i + 1, user, item: "seen", at: Some.Noon))],
                []
            )
        );
        if (model)
            await world.PointAtAsync(Some.Model);
        return users;
    }

    internal static async Task<SegmentResult> PlanAndRankAsync(this World world)
    {
        await world.SendAsync(new PlanBatch(Some.Run));
        return await world.SendAsync(new GenerateRecommendations(Some.Run, 0));
    }

    /// <summary>The list that a user had before.</summary>
    internal static async Task<RecommendationList> GivenListAsync(this World world, UserId user, string item = "old")
    {
        var list = new RecommendationList
        {
            UserId = user,
            Items = Some.Items(item),
            Source = ListSource.Batch,
            UpdatedAt = Some.Noon.AddDays(-1),
            ModelVersion = Some.Model,
            ProfileVersion = 1,
        };
        await world.Lists.SaveAsync([list], CancellationToken.None);
        return list;
    }
}
