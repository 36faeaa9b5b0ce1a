using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Aws;
using Recommendation.Export;
using Recommendation.Local;
using Recommendation.Settings;

namespace Recommendation.AdminApi;

/// <summary>Registers the use cases on the platform that the options name.</summary>
internal static class Platforms
{
    internal static void AddPlatform(this IServiceCollection services, AdminApiOptions options)
    {
        var builder = services.AddRecommendation(use =>
        {
            use.RealtimeBudget = options.RealtimeBudget;
            use.FirstListBudget = options.FirstListBudget;
            use.LogRetention = options.LogRetention;
        });
        if (options.Platform == AdminPlatform.Local)
            builder.UseSqlite(options.Folder);
        else
            builder.UseAws(
                AwsFeatures.Table
                    | AwsFeatures.Bucket
                    | AwsFeatures.Stream
                    | Given("ENDPOINT_NAME", AwsFeatures.Endpoint)
                    | Given("STATE_MACHINE_ARN", AwsFeatures.StateMachine)
            );
        builder
            .UseSettings(
                SettingsSource
                    .Read(options.SettingsFile, options.Platform == AdminPlatform.Local ? options.Folder : null)
                    .Require()
            )
            .WriteListsAsParquet();
    }

    private static AwsFeatures Given(string setting, AwsFeatures part) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(setting)) ? AwsFeatures.None : part;
}
