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
    private const string Searching = "searching parameters";
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
        var searched = !fast && IsSearchable(data.Matrix);
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
        var unit = weights.MeanRowMaximum();
        if (choice.Sequence.Share > 0)
        {
            var transitions = new TransitionTrainer(choice.Sequence.Exponents).Train(data, Run(TransitionShare, 1));
            weights = WeightMixture.Of(
                weights,
                WeightMixture.Scaled(transitions, weights),
                choice.Sequence.Share,
                options.NeighboursPerItem
            );
        }
        if (choice.Sequence.Trend.Factors(data.Events) is { } factors)
            weights = WeightMixture.WithFactors(weights, factors);
        var repeats = choice.Sequence.Repeats * weights.MeanRowMaximum();
        if (choice.Sequence.Popular.Addends(data.Events, unit) is { } addends)
            weights = WeightMixture.WithAddends(weights, addends, options.NeighboursPerItem);
        return new(weights, choice, repeats);
    }

    /// <summary>A filter that only needs S is computed from co-occurrences, which is faster.</summary>
    private WeightTrainer TrainerOf(SelectedModel choice) => choice switch
    {
        { Ease: { } ease } => new EaseTrainer(ease),
        { Factors.IsNone: false } =>
            new SampledSoftmaxTrainer(choice.GraphFilter, choice.Factors, choice.Ensemble, options.Rank),
        { GraphFilter: { IsPlain: true } plain } =>
            new CooccurrenceTrainer(plain.Beta, plain.Sharpness, plain.RowNormExponent),
        _ => new GraphFilterTrainer(choice.GraphFilter, options.Rank),
    };

    private bool IsSearchable(SparseMatrix matrix) =>
        options.Search && matrix.Columns <= options.SearchLimitItems && matrix.Rows <= options.SearchLimitUsers;

    private SelectedModel Select(
        UserItemMatrix data,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        progress(Searching, 0);
        var split = ValidationSplit.Of(data, options.ValidationUsers, options.AllowRepeats, cancellationToken);
        var choice = split.IsWorthwhile
            ? new ModelSelection(
                options,
                fraction => progress(Searching, SearchShare * fraction),
                cancellationToken
            ).Select(split)
            : SelectedModel.Default(options);
        return options.Order
            ? choice with
            {
                PopularityHalfLifeDays = PopularitySearch.HalfLifeDays(
                    data,
                    options.PopularityHalfLife.TotalDays,
                    cancellationToken
                ),
            }
            : choice;
    }
}
