using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Spectral;

namespace Recommendation.Modeling.Training;

/// <summary>From histories to weights: chooses the parameters where there are the data to choose by, then trains on all data.</summary>
internal sealed class WeightTraining(ModelTrainerOptions options)
{
    private const string Searching = "choosing parameters";
    private const string Counting = "counting what goes together";
    private const double SearchShare = 0.6;

    /// <param name="histories">The training data.</param>
    /// <param name="progress">Told the stage and the fraction done.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public TrainedWeights Train(Histories histories, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var (parameters, ndcg) = (WeightParameters.Default with { Beta = options.PopularityExponent }, double.NaN);
        if (IsSearchable(histories.Matrix) && ValidationSplit.Of(histories, options.ValidationUsers) is { IsWorthwhile: true } split)
        {
            progress(Searching, 0);
            var choice = new ParameterChoice(split, options, cancellationToken);
            (parameters, ndcg) = choice.Choose(fraction => progress(Searching, SearchShare * fraction), cancellationToken);
        }
        var start = double.IsNaN(ndcg) ? 0 : SearchShare;
        progress(Counting, start);
        var weights = Train(histories.Matrix, parameters, fraction => progress(Counting, double.Lerp(start, 1, fraction)), cancellationToken);
        return new TrainedWeights(weights, parameters, ndcg);
    }

    private bool IsSearchable(SparseMatrix matrix) =>
        options.Search && matrix.Columns <= options.SearchLimitItems && matrix.Rows <= options.SearchLimitUsers;

    private ItemWeights Train(SparseMatrix matrix, WeightParameters parameters, Action<double> progress, CancellationToken cancellationToken)
    {
        if (parameters.IsPlain)
            return new SparseTrainer(new NormalisedGram(matrix), parameters.Beta, options.NeighboursPerItem, options.Threads).Train(progress, cancellationToken);
        var graph = new ItemGraph(matrix);
        var lowRank = parameters.LowRankShare > 0 ? LowRank.Of(graph, options.Rank, options.Threads, cancellationToken) : null;
        return new FilteredTrainer(graph, lowRank, parameters, options.NeighboursPerItem, options.Threads).Train(progress, cancellationToken);
    }
}

/// <summary>Weights, what they were made with, and how good that was.</summary>
/// <param name="Weights">W.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Ndcg">NDCG@20 on what was held out; not a number where nothing was.</param>
internal sealed record TrainedWeights(ItemWeights Weights, WeightParameters Parameters, double Ndcg)
{
    public SortedDictionary<string, double> Describe(ModelTrainerOptions options) => new(StringComparer.Ordinal)
    {
        [ParameterNames.PopularityExponent] = Parameters.Beta,
        [ParameterNames.Flatness] = Parameters.Flatness,
        [ParameterNames.LowRankShare] = Parameters.LowRankShare,
        [ParameterNames.Neighbours] = options.NeighboursPerItem,
        [ParameterNames.HistoryLimit] = options.HistoryLimit,
        [ParameterNames.WeightCap] = options.WeightCap,
        [ParameterNames.PopularityHalfLifeDays] = options.PopularityHalfLife.TotalDays,
        [ParameterNames.PositionDecay] = Parameters.Recency.PositionDecay,
        [ParameterNames.HalfLifeDays] = double.IsFinite(Parameters.Recency.HalfLifeDays) ? Parameters.Recency.HalfLifeDays : 0,
    };

    public SortedDictionary<string, double> Metrics() => double.IsNaN(Ndcg)
        ? new(StringComparer.Ordinal)
        : new(StringComparer.Ordinal) { [ParameterNames.ValidationNdcg] = Ndcg };
}
