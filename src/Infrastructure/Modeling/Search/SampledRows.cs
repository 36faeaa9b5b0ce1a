using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>Finished rows of the items that some users of a split have; scoring those users needs no others.</summary>
internal static class SampledRows
{
    /// <returns>By parameters: as many rows as there are items, most of them empty.</returns>
    public static ItemWeights[] Train(
        ValidationSplit split, int users, ItemGraph graph, LowRank? lowRank, WeightParameters[] parameters, int neighbours, int threads,
        CancellationToken cancellationToken)
    {
        var matrix = split.Remaining.Matrix;
        users = Math.Min(users, split.Users.Length);
        var items = Enumerable.Range(0, users).SelectMany(place => matrix.IndicesOf(split.Users[split.UserAt(place, users)]).ToArray()).Distinct().Order().ToArray();
        var rows = new FilteredTrainer(graph, lowRank, parameters, neighbours, threads).TrainRows(items, _ => { }, cancellationToken);
        return Array.ConvertAll(rows, one => one.Among(items, matrix.Columns));
    }
}
