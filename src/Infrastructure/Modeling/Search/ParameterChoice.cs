using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Chooses parameters on a validation split: first the whole grid on some users, then the neighbourhood of the best on all of
/// them, and where the data have times, how recency counts.
/// </summary>
internal sealed class ParameterChoice(ValidationSplit split, ModelTrainerOptions options)
{
    private const int UsersOfTheGrid = 2_000;
    private const int UsersOfRecency = 2_000;

    /// <returns>The best parameters and their NDCG@20.</returns>
    public (WeightParameters Parameters, double Ndcg) Choose(Action<double> progress, CancellationToken cancellationToken)
    {
        var graph = new ItemGraph(split.Remaining.Matrix);
        var lowRank = LowRank.Of(graph, options.Rank, options.Threads, cancellationToken);
        progress(0.2);
        var best = Search(WeightGrid.Default, UsersOfTheGrid, 0.2, 0.5);
        if (split.Users.Length > UsersOfTheGrid)
            best = Search(WeightGrid.Default.Around(best.Parameters), int.MaxValue, 0.5, 0.8);
        if (!split.HasTimes)
            return best;
        var recent = Search(WeightGrid.RecenciesFor(best.Parameters), UsersOfRecency, 0.8, 1);
        return recent.Parameters == best.Parameters ? best : recent;

        (WeightParameters Parameters, double Ndcg) Search(WeightGrid grid, int users, double from, double to) =>
            new WeightSearch(split, graph, lowRank, grid)
                .Best(users, options.Threads, fraction => progress(double.Lerp(from, to, fraction)), cancellationToken);
    }
}
