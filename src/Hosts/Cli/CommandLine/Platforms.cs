using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Aws;
using Recommendation.Export;
using Recommendation.Local;
using Recommendation.Settings;

namespace Recommendation.Cli.CommandLine;

/// <summary>Registers the use cases on the platform that the options name.</summary>
internal static class Platforms
{
    /// <returns>The partition of the log that commands apply; null where the stream's function does.</returns>
    internal static string? AddPlatform(
        this IServiceCollection services,
        bool isAws,
        string folder,
        RecommendationSettings settings
    )
    {
        var builder = services.AddRecommendation(options =>
        {
            // A command waits for its answer; the serving hosts keep the default budget.
            options.RealtimeBudget = options.FirstListBudget = TimeSpan.FromSeconds(30);
            options.LogRetention = isAws ? StreamRetention.From() : null;
        });
        if (!isAws)
        {
            builder.UseSqlite(folder).UseSettings(settings).WriteListsAsParquet();
            return LocalLog.Partition;
        }
        var endpoint = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ENDPOINT_NAME"))
            ? AwsFeatures.None
            : AwsFeatures.Endpoint;
        builder
            .UseAws(AwsFeatures.Table | AwsFeatures.Bucket | AwsFeatures.Stream | endpoint)
            .UseSettings(settings)
            .WriteListsAsParquet();
        return null;
    }
}
