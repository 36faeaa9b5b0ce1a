using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// The last step of the search compares truncated rows. Truncation to K neighbours costs flat filters and large
/// low-rank shares more than others, and sharpening changes truncated rows only. It measures fewer users than the
/// search before, as the difference to whole rows of the same users, which varies less than the value itself. It tries
/// sharpening only with times; see <see cref="GraphFilterGrid.EqualUsers"/>.
/// </summary>
internal sealed class TruncatedRowSearch(
    ValidationSplit split,
    ItemGraph graph,
    LowRank? lowRank,
    ModelTrainerOptions options
)
{
    private const int MaxUsers = 1_200;

    private static readonly double[] s_sharpnesses = [1, 1.3, 1.6, 2];
    private static readonly double[] s_rowNormExponents = [0, 0.3, 0.5];

    /// <returns>The best of the results with the best sharpening, and the NDCG@20 of its rows.</returns>
    public (GraphFilterParameters Parameters, double Ndcg) Best(
        List<(GraphFilterParameters Parameters, double Ndcg)> results,
        CancellationToken cancellationToken
    )
    {
        var beta = results.MaxBy(result => result.Ndcg).Parameters.Beta;
        var rivals = results.Where(result => result.Parameters.Beta == beta)
            .GroupBy(result => result.Parameters.Flatness, (_, group) => group.MaxBy(result => result.Ndcg)).ToArray();
        var parameters = Array.ConvertAll(rivals, rival => rival.Parameters);
        var whole = Whole(parameters, cancellationToken);
        var rows = SampledRows.Make(
            SampledRows.ItemsOf(split, MaxUsers),
            graph,
            lowRank,
            parameters,
            options.NeighboursPerItem,
            options.Threads,
            cancellationToken
        );
        var heldOut = new HeldOutNdcg(split, options.Threads);
        double Read(int rival, double sharpness, double rowNormExponent) =>
            rivals[rival].Ndcg
            - whole[rival]
            + heldOut.Average(
                MaxUsers,
                Sharpening.Of(rows[rival], sharpness, rowNormExponent, options.Threads),
                Recency.None,
                cancellationToken
            );

        var (sharpnesses, rowNormExponents) = split.HasTimes ? (s_sharpnesses, s_rowNormExponents) : ([1], [0]);
        var trials =
            from rival in Enumerable.Range(0, rivals.Length)
            from sharpness in sharpnesses
            select (rival, sharpness, rowNormExponent: 0d, ndcg: Read(rival, sharpness, 0));
        var best = trials.ToArray().MaxBy(trial => trial.ndcg);
        var others =
            from sharpness in sharpnesses
            where sharpness >= best.sharpness // balanced rows only with at least this sharpness
            from rowNormExponent in rowNormExponents
            where rowNormExponent > 0
            select (best.rival, sharpness, rowNormExponent, ndcg: Read(best.rival, sharpness, rowNormExponent));
        best = others.Append(best).MaxBy(trial => trial.ndcg);
        var chosen = parameters[best.rival] with
        {
            Sharpness = best.sharpness,
            RowNormExponent = best.rowNormExponent,
        };
        return (chosen, best.ndcg);
    }

    private double[] Whole(GraphFilterParameters[] parameters, CancellationToken cancellationToken)
    {
        var grid = new GraphFilterGrid(
            [parameters[0].Beta],
            [.. parameters.Select(one => one.Flatness).Distinct()],
            [.. parameters.Select(one => one.LowRankShare).Distinct()]
        );
        var read = new GraphFilterGridSearch(split, graph, lowRank, grid)
            .Run(MaxUsers, options.Threads, _ => { }, cancellationToken)
            .ToDictionary(result => result.Parameters, result => result.Ndcg);
        return Array.ConvertAll(parameters, one => read[one]);
    }
}
