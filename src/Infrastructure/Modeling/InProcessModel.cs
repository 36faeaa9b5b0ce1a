using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling;

/// <summary>Registers the model that trains and ranks in this process.</summary>
public static class InProcessModel
{
    /// <summary>
    /// Adds <see cref="IModelTrainer"/>, <see cref="IModelEvaluator"/>, <see cref="IRanker"/>,
    /// <see cref="IRankingExplainer"/>, <see cref="IContentRanker"/> and <see cref="IItemSimilarity"/>. The ranker
    /// reads <see cref="IModelStore"/>, and <see cref="IInteractionLog"/> while there is no model; both are to be
    /// registered as well. <see cref="EventTypeSettings"/> and <see cref="TimeProvider"/> are taken as registered
    /// before, else their defaults. Options out of range are refused at start or at first use.
    /// </summary>
    public static IServiceCollection AddInProcessModel(
        this IServiceCollection services,
        Action<ModelTrainerOptions>? training = null,
        Action<ModelRankerOptions>? ranking = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(EventTypeSettings.Default);
        services.AddLogging();
        services.AddOptions<ModelTrainerOptions>()
            // A model must be trained for what is recommended.
            .Configure<IServiceProvider>(
                (options, provider) =>
                    options.AllowRepeats = provider.GetService<RecommendationOptions>()?.AllowRepeats ?? false
            )
            .Configure(options => training?.Invoke(options))
            .ValidateOnStart();
        services.AddOptions<ModelRankerOptions>().Configure(options => ranking?.Invoke(options)).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<ModelTrainerOptions>>(
            new Validation<ModelTrainerOptions>(options => options.Problem())
        );
        services.TryAddSingleton<IValidateOptions<ModelRankerOptions>>(
            new Validation<ModelRankerOptions>(options => options.Problem())
        );
        services.TryAddSingleton<ModelCache>();
        services.TryAddSingleton<NewItems>();
        services.TryAddSingleton<RecentPopularity>();
        services.TryAddSingleton<IRanker, ModelRanker>();
        services.TryAddSingleton<IRankingExplainer, ModelExplainer>();
        services.TryAddSingleton<IContentRanker, ModelContentRanker>();
        services.TryAddSingleton<IItemSimilarity, ModelItemSimilarity>();
        services.TryAddSingleton<IModelTrainer, ModelTrainer>();
        services.TryAddSingleton<IModelEvaluator, ModelEvaluator>();
        services.TryAddSingleton<IPopularWindowCounter, PopularWindowCounter>();
        return services;
    }

    /// <summary>
    /// Adds <see cref="IPopularWindows"/>, which keeps the last 30 days of the log in memory: for platforms whose log
    /// this process can read from the beginning. Requires <see cref="AddInProcessModel"/>.
    /// </summary>
    public static IServiceCollection AddPopularWindows(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IPopularWindows, WindowedPopularity>();
        return services;
    }

    private sealed class Validation<T>(Func<T, string?> problem) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            problem(options) is { } sentence ? ValidateOptionsResult.Fail(sentence) : ValidateOptionsResult.Success;
    }
}
