using Recommendation.Application;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Settings;

/// <summary>The options that settings set.</summary>
internal sealed record SettingTargets(RecommendationOptions Application, ModelTrainerOptions Model)
{
    /// <summary>Options that nobody has set; not to be changed.</summary>
    internal static readonly SettingTargets Defaults = new(new(), new());
}
