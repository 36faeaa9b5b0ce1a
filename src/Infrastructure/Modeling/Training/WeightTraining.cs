using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.Ease;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Makes weights from a user-item matrix: selects a trainer and its parameters if the data allow it, then
/// trains on all data.
/// </summary>
internal sealed class WeightTraining(ModelTrainerOptions options)
{
    private const double SearchShare = 0.6;
    private const double TransitionShare = 0.95;

    /// <param name="data">The training data.</param>
    /// <param name="fast">Whether to train in one pass with fixed parameters.</param>
    /// <param name="progress">Receives the name of the stage and the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    public TrainedWeights Train(
        UserItemMatrix data,
        bool fast,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        var searched = !fast && options.Search;
        var choice = searched ? Select(data, progress, cancellationToken) : SelectedModel.Default(options);
        return Train(data, choice, searched ? SearchShare : 0, progress, cancellationToken);
    }

    /// <summary>Trains with parameters that were selected before.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="choice">The parameters. Factors are learned from the start.</param>
    /// <param name="progress">Receives the name of the stage and the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    public TrainedWeights Refit(
        UserItemMatrix data,
        SelectedModel choice,
        Action<string, double> progress,
        CancellationToken cancellationToken
    ) => Train(data, choice, 0, progress, cancellationToken);

    private TrainedWeights Train(
        UserItemMatrix data,
        SelectedModel choice,
        double from,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        TrainerRun Run(double start, double end) => new(
            options.NeighboursPerItem,
            options.Threads,
            (stage, fraction) => progress(stage, double.Lerp(start, end, fraction)),
            cancellationToken
        );

        var weights = TrainerOf(choice).Train(data, Run(from, TransitionShare));
        var transitions = choice.Sequence.Share > 0
            ? new TransitionTrainer(choice.Sequence.Exponents).Train(data, Run(TransitionShare, 1))
            : null;
        return Finish(weights, transitions, choice, halfLife => Popularity.Of(data.Events, halfLife));
    }

    /// <summary>Adds transitions, the trend and popularity to trained weights.</summary>
    /// <param name="weights">W.</param>
    /// <param name="transitions">M; null where they do not count.</param>
    /// <param name="choice">The parameters.</param>
    /// <param name="popularityOf">Gives the popularity of all items with a half-life in days.</param>
    public TrainedWeights Finish(
        ItemWeights weights, ItemWeights? transitions, SelectedModel choice, Func<double, float[]> popularityOf)
    {
        var unit = weights.MeanRowMaximum();
        if (transitions is not null)
        {
            weights = WeightMixture.Of(
                weights,
                WeightMixture.Scaled(transitions, weights),
                choice.Sequence.Share,
                options.NeighboursPerItem
            );
        }
        if (choice.Sequence.Trend.Factors(popularityOf) is { } factors)
            weights = WeightMixture.WithFactors(weights, factors);
        var repeats = choice.Sequence.Repeats * weights.MeanRowMaximum();
        if (choice.Sequence.Popular.Addends(popularityOf, unit) is { } addends)
            weights = WeightMixture.WithAddends(weights, addends, options.NeighboursPerItem);
        return new(weights, choice, repeats);
    }

    /// <summary>A filter that only needs S is computed from co-occurrences, which is faster.</summary>
    private WeightTrainer TrainerOf(SelectedModel choice) => choice switch
    {
        { Factors.IsNone: false } => new SampledSoftmaxTrainer(
            choice.Ease is null ? choice.GraphFilter : GraphFilterParameters.Default,
            choice.Ease,
            choice.Factors,
            choice.Ensemble,
            options.Rank
        ),
        { Ease: { } ease } => new EaseTrainer(ease),
        { GraphFilter: { IsPlain: true } plain } =>
            new CooccurrenceTrainer(plain.Beta, plain.Sharpness, plain.RowNormExponent),
        _ => new GraphFilterTrainer(choice.GraphFilter, options.Rank),
    };

    /// <summary>
    /// Selects a trainer and its parameters. Data beyond the limits of a search are searched in part: on a sample of
    /// the users, and for the most frequent items.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="progress">Receives the name of the stage, which says what part is searched, and the completed
    /// fraction.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public SelectedModel Select(
        UserItemMatrix data,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        var part = SearchedPart.Of(data, options, cancellationToken);
        progress(part.Stage, 0);
        var split = ValidationSplit.Of(part.Data, options.ValidationUsers, options.AllowRepeats, cancellationToken);
        if (part.Items < data.Matrix.Columns)
            split = split.OfMostFrequent(part.Items, cancellationToken);
        var choice = split.IsWorthwhile
            ? new ModelSelection(
                options,
                fraction => progress(part.Stage, SearchShare * fraction),
                cancellationToken
            ).Select(split)
            : SelectedModel.Default(options);
        // Factors of other items can't learn on.
        if (part.Items < data.Matrix.Columns)
            choice = choice with { Ensemble = null };
        return options.Order
            ? choice with
            {
                PopularityHalfLifeDays = PopularitySearch.HalfLifeDays(
                    part.Data,
                    options.PopularityHalfLife.TotalDays,
                    cancellationToken
                ),
            }
            : choice;
    }
}
