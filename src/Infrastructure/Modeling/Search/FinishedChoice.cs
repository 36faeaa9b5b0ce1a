using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// The last choice, by finished rows: cutting them to K neighbours costs flat filters and large low-rank shares more
/// than others, and how much to sharpen rows can be told from finished ones only. Measured on fewer users than the
/// search, as the difference to whole rows on the same users, which varies less than the figure itself. Sharpening is
/// tried where there are times; see <see cref="WeightGrid.EqualUsers"/> for why.
/// </summary>
internal sealed class FinishedChoice(
    ValidationSplit split,
    ItemGraph graph,
    LowRank? lowRank,
    ModelTrainerOptions options
)
{
    private const int MostUsers = 1_200;

    private static readonly double[] s_sharpnesses = [1, 1.3, 1.6, 2];
    private static readonly double[] s_evennesses = [0, 0.3, 0.5];

    /// <returns>The best of the results, sharpened as reads best, and the NDCG@20 of its rows.</returns>
    public (WeightParameters Parameters, double Ndcg) Best(
        List<(WeightParameters Parameters, double Ndcg)> results,
        CancellationToken cancellationToken
    )
    {
        var beta = results.MaxBy(result => result.Ndcg).Parameters.Beta;
        var rivals = results.Where(result => result.Parameters.Beta == beta)
            .GroupBy(result => result.Parameters.Flatness, (_, group) => group.MaxBy(result => result.Ndcg)).ToArray();
        var parameters = Array.ConvertAll(rivals, rival => rival.Parameters);
        var whole = Whole(parameters, cancellationToken);
        var rows = SampledRows.Train(
            SampledRows.ItemsOf(split, MostUsers),
            graph,
            lowRank,
            parameters,
            options.NeighboursPerItem,
            options.Threads,
            cancellationToken
        );
        var heldOut = new HeldOutNdcg(split, options.Threads);
        double Read(int rival, double sharpness, double evenness) =>
            rivals[rival].Ndcg
            - whole[rival]
            + heldOut.Average(
                MostUsers,
                Sharpening.Of(rows[rival], sharpness, evenness, options.Threads),
                Recency.None,
                cancellationToken
            );

        var (sharpnesses, evennesses) = split.HasTimes ? (s_sharpnesses, s_evennesses) : ([1], [0]);
        var trials =
            from rival in Enumerable.Range(0, rivals.Length)
            from sharpness in sharpnesses
            select (rival, sharpness, evenness: 0d, ndcg: Read(rival, sharpness, 0));
        var best = trials.ToArray().MaxBy(trial => trial.ndcg);
        var others =
            from sharpness in sharpnesses
            where sharpness >= best.sharpness // an even sum of sharper rows
            from evenness in evennesses
            where evenness > 0
            select (best.rival, sharpness, evenness, ndcg: Read(best.rival, sharpness, evenness));
        best = others.Append(best).MaxBy(trial => trial.ndcg);
        return (parameters[best.rival] with { Sharpness = best.sharpness, Evenness = best.evenness }, best.ndcg);
    }

    private double[] Whole(WeightParameters[] parameters, CancellationToken cancellationToken)
    {
        var grid = new WeightGrid(
            [parameters[0].Beta],
            [.. parameters.Select(one => one.Flatness).Distinct()],
            [.. parameters.Select(one => one.LowRankShare).Distinct()]
        );
        var read = new WeightSearch(split, graph, lowRank, grid)
            .Run(MostUsers, options.Threads, _ => { }, cancellationToken)
            .ToDictionary(result => result.Parameters, result => result.Ndcg);
        return Array.ConvertAll(parameters, one => read[one]);
    }
}
