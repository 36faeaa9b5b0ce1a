using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Aws;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Lambda;
using Recommendation.Settings;

namespace Recommendation.StreamProcessor;

/// <summary>Registers what the function works with.</summary>
internal static class StreamProcessorServices
{
    /// <param name="services">Gets the function's parts and the adapters.</param>
    /// <param name="setting">Gives a setting by its name; null for the environment.</param>
    internal static IServiceCollection AddStreamProcessor(
        this IServiceCollection services,
        Func<string, string?>? setting = null
    )
    {
        setting ??= Environment.GetEnvironmentVariable;
        services.AddFunctionParts(setting);
        // The function that makes archive lines touches no table: it gets no right to one, and no name.
        if (!string.IsNullOrEmpty(setting("TABLE_NAME")))
            services.AddAws(AwsFeatures.Table | AwsFeatures.Bucket, setting);
        return services;
    }

    /// <summary>All but the adapters.</summary>
    internal static IServiceCollection AddFunctionParts(this IServiceCollection services, Func<string, string?> setting)
    {
        var retention = StreamRetention.From(setting);
        services.AddFunction(setting);
        services.AddRecommendation(options => options.LogRetention = retention)
            .UseSettings(SettingsSource.Read(setting: setting).Require());
        services.AddSingleton(RecordDecoder.From(setting));
        services.AddSingleton<ConnectionWarmup>();
        services.AddSingleton<RecordBatches>();
        services.AddSingleton<ArchiveTransformation>();
        return services;
    }
}
