using Recommendation.Modeling.Dense;
using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Sequences;
using Recommendation.Modeling.Spectral;

namespace Recommendation.Modeling.Training;

/// <summary>
/// From histories to weights: chooses trainer and parameters where there are the data to choose by, then trains on all
/// data.
/// </summary>
internal sealed class WeightTraining(ModelTrainerOptions options)
{
    private const string Searching = "choosing parameters";
    private const string Counting = "counting what goes together";
    private const string Inverting = "weighing items against each other";
    private const string Learning = "learning what is found by what";
    private const string Following = "counting what follows what";
    private const double SearchShare = 0.6;
    private const double CountShare = 0.5;
    private const double LearnedShare = 0.85;
    private const double FollowShare = 0.95;

    /// <param name="histories">The training data.</param>
    /// <param name="fast">Whether to train in one pass with fixed parameters.</param>
    /// <param name="progress">Told the stage and the fraction done.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public TrainedWeights Train(
        Histories histories,
        bool fast,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        var searched = !fast && IsSearchable(histories.Matrix);
        var choice = searched ? Choose(histories, progress, cancellationToken) : ModelChoice.Default(options);
        return Train(histories, choice, searched ? SearchShare : 0, progress, cancellationToken);
    }

    /// <summary>Trains with parameters that were chosen before.</summary>
    /// <param name="histories">The training data.</param>
    /// <param name="choice">The parameters; factors are learned from the beginning.</param>
    /// <param name="progress">Told the stage and the fraction done.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public TrainedWeights Refit(
        Histories histories,
        ModelChoice choice,
        Action<string, double> progress,
        CancellationToken cancellationToken
    ) => Train(histories, choice, 0, progress, cancellationToken);

    private TrainedWeights Train(
        Histories histories,
        ModelChoice choice,
        double from,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        void Report(string stage, double fraction) => progress(stage, double.Lerp(from, FollowShare, fraction));

        var weights = choice.Dense is { } dense
            ? Dense(histories.Matrix, dense, fraction => Report(Inverting, fraction), cancellationToken)
            : Sparse(histories.Matrix, choice, Report, cancellationToken);
        var unit = weights.TypicalGreatest();
        if (choice.Order.Share > 0)
        {
            progress(Following, FollowShare);
            weights = Mixed(weights, histories, choice.Order, cancellationToken);
        }
        if (choice.Order.Trend.Factors(histories.Events) is { } factors)
            weights = WeightMixture.WithFactors(weights, factors);
        var repeats = choice.Order.Repeats * weights.TypicalGreatest();
        if (choice.Order.Popular.Addends(histories.Events, unit) is { } addends)
            weights = WeightMixture.WithAddends(weights, addends, options.NeighboursPerItem);
        return new(weights, choice, repeats);
    }

    private bool IsSearchable(SparseMatrix matrix) =>
        options.Search && matrix.Columns <= options.SearchLimitItems && matrix.Rows <= options.SearchLimitUsers;

    private ModelChoice Choose(
        Histories histories,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        progress(Searching, 0);
        var split = ValidationSplit.Of(histories, options.ValidationUsers, options.AllowRepeats, cancellationToken);
        var choice = split.IsWorthwhile
            ? new ModelSearch(
                options,
                fraction => progress(Searching, SearchShare * fraction),
                cancellationToken
            ).Choose(split)
            : ModelChoice.Default(options);
        return options.Order
            ? choice with
            {
                PopularityHalfLifeDays = PopularitySearch.HalfLifeDays(
                    histories,
                    options.PopularityHalfLife.TotalDays,
                    cancellationToken
                ),
            }
            : choice;
    }

    private ItemWeights Sparse(
        SparseMatrix matrix,
        ModelChoice choice,
        Action<string, double> progress,
        CancellationToken cancellationToken
    )
    {
        var parameters = choice.Sparse;
        progress(Counting, 0);
        var learns = !choice.Factors.IsNone;
        if (parameters.IsPlain && !learns)
            return Sharpened(
                new SparseTrainer(
                    new NormalisedGram(matrix),
                    parameters.Beta,
                    options.NeighboursPerItem,
                    options.Threads
                ).Train(fraction => progress(Counting, fraction), cancellationToken)
            );
        var graph = new ItemGraph(matrix, parameters.UserExponent);
        var lowRank =
            parameters.LowRankShare > 0 || (learns && choice.Ensemble is null)
                ? LowRank.Of(graph, options.Rank, options.Threads, cancellationToken)
                : null;
        var counted = learns ? CountShare : 1;
        var neighbours = learns ? FactorRows.LengthBefore * options.NeighboursPerItem : options.NeighboursPerItem;
        var weights = Sharpened(new FilteredTrainer(graph, lowRank, [parameters], neighbours, options.Threads)
            .Train(fraction => progress(Counting, counted * fraction), cancellationToken));
        if (!learns)
            return weights;
        var ensemble =
            choice.Ensemble ?? new FactorEnsemble(lowRank!, FactorOptions.For(matrix) ?? FactorOptions.Default);
        var factors = ensemble.Train(
            matrix,
            options.Threads,
            fraction => progress(Learning, double.Lerp(counted, LearnedShare, fraction)),
            cancellationToken
        );
        return new FactorRows(
            factors.Favouring(ItemFactors.Favours(graph.Degrees, choice.Factors.Exponent)),
            options.NeighboursPerItem,
            options.Threads
        ).Add(
            weights,
            choice.Factors.Share,
            fraction => progress(Learning, double.Lerp(LearnedShare, 1, fraction)),
            cancellationToken
        );

        ItemWeights Sharpened(ItemWeights rows) =>
            Sharpening.Of(rows, parameters.Sharpness, parameters.Evenness, options.Threads);
    }

    private ItemWeights Dense(
        SparseMatrix matrix,
        DenseParameters parameters,
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        progress(0);
        var trainer = new DenseTrainer(matrix, options.NeighboursPerItem, options.Threads);
        return trainer.Weights(
            trainer.Invert(parameters.Normalised, parameters.Lambda, progress, cancellationToken),
            parameters,
            cancellationToken
        );
    }

    private ItemWeights Mixed(
        ItemWeights weights,
        Histories histories,
        OrderParameters order,
        CancellationToken cancellationToken
    )
    {
        var transitions = new TransitionTrainer(histories).Train(
            order.Exponents,
            options.NeighboursPerItem,
            options.Threads,
            cancellationToken
        );
        return WeightMixture.Of(
            weights,
            WeightMixture.Scaled(transitions, weights),
            order.Share,
            options.NeighboursPerItem
        );
    }
}
