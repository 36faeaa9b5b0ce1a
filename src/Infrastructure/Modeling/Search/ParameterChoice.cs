using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Chooses parameters on a validation split: first the whole grid on some users; then the neighbourhood of the best on all of
/// them, less what cutting rows to K neighbours costs; and where the data have times, how recency counts.
/// </summary>
internal sealed class ParameterChoice
{
    private const int UsersOfTheGrid = 2_000;
    private const int UsersOfRecency = 2_000;

    private readonly ValidationSplit _split;
    private readonly ModelTrainerOptions _options;
    private readonly ItemGraph _graph;
    private readonly LowRank? _lowRank;

    public ParameterChoice(ValidationSplit split, ModelTrainerOptions options, CancellationToken cancellationToken)
    {
        (_split, _options, _graph) = (split, options, new ItemGraph(split.Remaining.Matrix));
        _lowRank = LowRank.Of(_graph, options.Rank, options.Threads, cancellationToken);
    }

    /// <returns>The best parameters and their NDCG@20.</returns>
    public (WeightParameters Parameters, double Ndcg) Choose(Action<double> progress, CancellationToken cancellationToken)
    {
        var results = Search(WeightGrid.Default, UsersOfTheGrid, fraction => progress(0.4 * fraction), cancellationToken);
        if (_split.Users.Length > UsersOfTheGrid)
        {
            var around = WeightGrid.Default.Around(results.MaxBy(result => result.Ndcg).Parameters);
            results = Search(around, int.MaxValue, fraction => progress(double.Lerp(0.4, 0.8, fraction)), cancellationToken);
        }
        var best = new PruningCost(_split, _graph, _lowRank, _options).Best(results, cancellationToken);
        progress(0.9);
        if (!_split.HasTimes)
            return best;
        var recencies = Search(WeightGrid.RecenciesFor(best.Parameters), UsersOfRecency, fraction => progress(double.Lerp(0.9, 1, fraction)), cancellationToken);
        return best with { Parameters = recencies.MaxBy(result => result.Ndcg).Parameters };
    }

    private List<(WeightParameters Parameters, double Ndcg)> Search(
        WeightGrid grid, int users, Action<double> progress, CancellationToken cancellationToken) =>
        new WeightSearch(_split, _graph, _lowRank, grid).Run(users, _options.Threads, progress, cancellationToken);
}
