using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Aws;
using Recommendation.BatchProcessor.Steps;
using Recommendation.Export;
using Recommendation.Lambda;
using Recommendation.Settings;

namespace Recommendation.BatchProcessor;

/// <summary>What the function is made of.</summary>
internal static class BatchHost
{
    /// <param name="setting">Gives a setting by its name.</param>
    /// <param name="replace">What stands in for something else.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or wrong; each
    /// failure is a sentence for the operator.</exception>
    internal static ServiceProvider Create(Func<string, string?> setting, Action<IServiceCollection>? replace = null)
    {
        // Without an endpoint the current model is loaded from the bucket.
        var ranker = string.IsNullOrEmpty(setting("ENDPOINT_NAME")) ? AwsFeatures.None : AwsFeatures.Endpoint;
        var services = new ServiceCollection();
        services.AddFunction(setting);
        services.AddRecommendation(options => options.LogRetention = StreamRetention.From(setting))
            .UseAws(AwsFeatures.Table | AwsFeatures.Bucket | ranker, setting)
            .UseSettings(SettingsSource.Read(setting: setting).Require())
            .WriteListsAsParquet();
        services.AddSingleton<BatchFunction>().AddSingleton<PromoteStep>();
        replace?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
