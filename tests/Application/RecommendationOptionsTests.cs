using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests;

/// <summary>Options that can't be used are said in a sentence each, before anything is done.</summary>
public sealed class RecommendationOptionsTests
{
    public static TheoryData<string, Action<RecommendationOptions>> Wrong => new()
    {
        { "RecentInteractions", options => options.RecentInteractions = 0 },
        { "RecentInteractions", options => options.RecentInteractions = 501 },
        { "RememberedEventIds", options => options.RememberedEventIds = -1 },
        { "RememberedEventIds", options => options.RememberedEventIds = 1025 },
        { "LogRetention", options => options.LogRetention = TimeSpan.Zero },
        { "LogRetention", options => options.LogRetention = ProfilePolicy.MaximumLogRetention + TimeSpan.FromTicks(1) },
        { "ActiveWithin", options => options.ActiveWithin = TimeSpan.Zero },
        { "ActiveWithin", options => options.ActiveWithin = TimeSpan.FromDays(3661) },
        { "StoredItems", options => options.StoredItems = 0 },
        { "StoredItems", options => options.StoredItems = 1001 },
        { "RealtimeBudget", options => options.RealtimeBudget = TimeSpan.Zero },
        { "RealtimeBudget", options => options.RealtimeBudget = TimeSpan.FromMinutes(2) },
        { "FirstListBudget", options => options.FirstListBudget = TimeSpan.Zero },
        { "FirstListBudget", options => options.FirstListBudget = TimeSpan.FromMinutes(2) },
        { "BatchLease", options => options.BatchLease = TimeSpan.FromSeconds(9) },
        { "BatchLease", options => options.BatchLease = TimeSpan.MaxValue },
        { "SegmentSize", options => options.SegmentSize = 0 },
        { "SegmentSize", options => options.SegmentSize = 2001 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_value_that_can_not_be_used_is_named_once(string name, Action<RecommendationOptions> configure)
    {
        await using var world = new World(configure);

        var problem = Assert.Throws<OptionsValidationException>(() =>
            world.Services.GetRequiredService<RecommendationOptions>()
        );

        Assert.StartsWith(name, Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_and_the_limits_can_be_used()
    {
        Assert.Empty(new RecommendationOptions().Problems());
        Assert.Empty(new RecommendationOptions
        {
            RecentInteractions = 500,
            RememberedEventIds = 0,
            LogRetention = ProfilePolicy.MaximumLogRetention,
            ActiveWithin = TimeSpan.FromDays(3660),
            StoredItems = 1000,
            RealtimeBudget = TimeSpan.FromMinutes(1),
            BatchLease = TimeSpan.FromSeconds(10),
            SegmentSize = 1,
        }.Problems());
    }

    [Fact]
    public async Task They_become_the_policy_of_profiles()
    {
        await using var world = new World(options =>
            (options.RecentInteractions, options.RememberedEventIds, options.LogRetention) = (
                7,
                8,
                TimeSpan.FromDays(1)
            )
        );

        var policy = world.Services.GetRequiredService<ProfilePolicy>();

        Assert.Equal(
            (7, 8, TimeSpan.FromDays(1)),
            (policy.RecentLimit, policy.EventIdLimit, policy.LogRetention!.Value)
        );
    }
}
