using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Settings;

/// <summary>Gives the options of the use cases and of the trainer their values from the settings.</summary>
public static class SettingsServices
{
    /// <summary>
    /// What the settings set counts over what was registered before; options that were registered later count over it.
    /// </summary>
    public static RecommendationBuilder UseSettings(this RecommendationBuilder builder, RecommendationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.Configure<RecommendationOptions>(settings.ApplyTo);
        builder.Services.Configure<ModelTrainerOptions>(settings.ApplyTo);
        return builder;
    }
}
