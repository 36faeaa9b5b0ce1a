using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Selection;

/// <summary>Computes finished rows of some items only. Scoring some users needs no other rows.</summary>
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
    public static ItemWeights[] Make(
        int[] items,
        ItemGraph graph,
        LowRank? lowRank,
        GraphFilterParameters[] parameters,
        int neighbours,
        int threads,
        CancellationToken cancellationToken
    )
    {
        var rows = new GraphFilterRows(graph, lowRank, parameters, neighbours, threads).MakeSome(
            items,
            _ => { },
            cancellationToken
        );
        return Array.ConvertAll(rows, one => one.Among(items, graph.Degrees.Length));
    }
}
