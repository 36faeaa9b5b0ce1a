using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>Finished rows of some items only: scoring some users needs no others.</summary>
internal static class SampledRows
{
    /// <summary>The items that some users of a split have left.</summary>
    public static int[] ItemsOf(ValidationSplit split, int users)
    {
        var matrix = split.Remaining.Matrix;
        users = Math.Min(users, split.Users.Length);
        return
        [
            .. Enumerable
                .Range(0, users)
                .SelectMany(place => matrix.IndicesOf(split.Users[split.UserAt(place, users)]).ToArray())
                .Distinct()
                .Order(),
        ];
    }

    /// <returns>By parameters: as many rows as there are items, those of other items empty.</returns>
    public static ItemWeights[] Train(
        int[] items,
        ItemGraph graph,
        LowRank? lowRank,
        WeightParameters[] parameters,
        int neighbours,
        int threads,
        CancellationToken cancellationToken
    )
    {
        var rows = new FilteredTrainer(graph, lowRank, parameters, neighbours, threads).TrainRows(
            items,
            _ => { },
            cancellationToken
        );
        return Array.ConvertAll(rows, one => one.Among(items, graph.Degrees.Length));
    }
}
