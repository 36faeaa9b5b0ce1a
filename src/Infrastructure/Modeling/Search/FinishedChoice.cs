using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// The last choice, by finished rows: cutting them to K neighbours costs flat filters and large low-rank shares more than others,
/// and how much to sharpen rows can be told from finished ones only. With the best β, of each filter what read best before.
/// </summary>
internal sealed class FinishedChoice(ValidationSplit split, ItemGraph graph, LowRank? lowRank, ModelTrainerOptions options)
{
    private const int MostUsers = 1_200;

    private static readonly double[] s_sharpnesses = [1, 1.3, 1.6, 2];
    private static readonly double[] s_evennesses = [0, 0.3, 0.5];

    /// <returns>The best of the results, sharpened as reads best, and the NDCG@20 of its rows.</returns>
    public (WeightParameters Parameters, double Ndcg) Best(List<(WeightParameters Parameters, double Ndcg)> results, CancellationToken cancellationToken)
    {
        var beta = results.MaxBy(result => result.Ndcg).Parameters.Beta;
        WeightParameters[] rivals =
        [
            .. results.Where(result => result.Parameters.Beta == beta)
                .GroupBy(result => result.Parameters.Flatness, (_, group) => group.MaxBy(result => result.Ndcg).Parameters),
        ];
        var rows = SampledRows.Train(split, MostUsers, graph, lowRank, rivals, options, cancellationToken);
        var heldOut = new HeldOutNdcg(split, options.Threads);
        double Read(int rival, double sharpness, double evenness) =>
            heldOut.Average(MostUsers, Sharpening.Of(rows[rival], sharpness, evenness, options.Threads), Recency.None, cancellationToken);

        var trials =
            from rival in Enumerable.Range(0, rivals.Length)
            from sharpness in s_sharpnesses
            select (rival, sharpness, evenness: 0d, ndcg: Read(rival, sharpness, 0));
        var best = trials.ToArray().MaxBy(trial => trial.ndcg);
        var others =
            from sharpness in s_sharpnesses
            where sharpness >= best.sharpness // an even sum of sharper rows
            from evenness in s_evennesses
            where evenness > 0
            select (best.rival, sharpness, evenness, ndcg: Read(best.rival, sharpness, evenness));
        best = others.Append(best).MaxBy(trial => trial.ndcg);
        return (rivals[best.rival] with { Sharpness = best.sharpness, Evenness = best.evenness }, best.ndcg);
    }
}
