using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Application;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.StreamProcessor.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void The_function_reads_its_settings_from_the_environment()
    {
        using var provider = Services(
            """{"profiles":{"recentInteractions":7},"events":{"types":{"listen":{"weight":2}}}}"""
        );

        Assert.Equal(7, provider.GetRequiredService<RecommendationOptions>().RecentInteractions);
        Assert.True(provider.GetRequiredService<ProfilePolicy>().EventTypes.IsKnown(InteractionType.Parse("listen")));
    }

    [Fact]
    public void The_function_does_not_start_with_settings_that_can_not_be_used()
    {
        var refused = Assert.Throws<OptionsValidationException>(() =>
            Services("""{"profiles":{"recentInteractions":0},"serving":{"repeat":true}}""")
        );

        Assert.Equal(2, refused.Failures.Count());
    }

    private static ServiceProvider Services(string settings)
    {
        var services = new ServiceCollection();
        services.AddStreamProcessor(name => name == "RECOMMENDATION_SETTINGS" ? settings : null);
        return services.BuildServiceProvider();
    }
}
