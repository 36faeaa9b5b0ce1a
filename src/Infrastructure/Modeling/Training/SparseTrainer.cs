namespace Recommendation.Modeling.Training;

/// <summary>
/// <c>W_ij = d_i^-β · S_ij · d_j^β</c> with zero diagonal, the K largest of each row. Rows are made a block at a time
/// and cut at once, so the dense product never exists whole.
/// </summary>
internal sealed class SparseTrainer(NormalisedGram gram, double beta, int neighbours, int threads)
{
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    public ItemWeights Train(Action<double> progress, CancellationToken cancellationToken)
    {
        var sources = Powers(-beta);
        var targets = Powers(beta);
        return GreatestOfRows.Train(gram.Items, neighbours, threads, (item, sums) =>
        {
            gram.AddRow(item, sums);
            sums.Scale(targets);
            sums.Set(item, 0);
            return sources[item];
        }, progress, cancellationToken);
    }

    /// <summary>d^±β and the d^-½ of S in one factor per item.</summary>
    private float[] Powers(double exponent)
    {
        var powers = new float[gram.Items];
        for (var item = 0; item < powers.Length; item++)
            powers[item] =
                gram.Degrees[item] > 0 ? (float)(Math.Pow(gram.Degrees[item], exponent) * gram.InverseRoots[item]) : 0;
        return powers;
    }
}
