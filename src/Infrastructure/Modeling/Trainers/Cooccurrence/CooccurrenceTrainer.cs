using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Cooccurrence;

/// <summary>
/// Weights from normalised co-occurrences: <c>W_ij = d_i^-β · S_ij · d_j^β</c> with a zero diagonal, the K largest of
/// each row. The trainer computes and truncates the rows block by block, so the dense product is never in memory.
/// </summary>
/// <param name="beta">β: how much popular targets are preferred.</param>
/// <param name="sharpness">p of <see cref="Sharpening"/>.</param>
/// <param name="rowNormExponent">e of <see cref="Sharpening"/>.</param>
internal sealed class CooccurrenceTrainer(double beta, double sharpness = 1, double rowNormExponent = 0) : WeightTrainer
{
    /// <summary>The name of the stage in the training's progress.</summary>
    public const string Stage = "computing co-occurrences";

    /// <inheritdoc/>
    public override ItemWeights Train(UserItemMatrix data, TrainerRun run)
    {
        var gram = new NormalisedGram(data.Matrix);
        var sources = Powers(gram, -beta);
        var targets = Powers(gram, beta);
        var rows = RowTopK.Make(gram.Items, run.Neighbours, run.Threads, (item, sums) =>
        {
            gram.AddRow(item, sums);
            sums.Scale(targets);
            sums.Set(item, 0);
            return sources[item];
        }, run.Stage(Stage), run.CancellationToken);
        return Sharpening.Of(rows, sharpness, rowNormExponent, run.Threads);
    }

    /// <summary>d^±β and the d^-½ of S in one factor per item.</summary>
    private static float[] Powers(NormalisedGram gram, double exponent)
    {
        var powers = new float[gram.Items];
        for (var item = 0; item < powers.Length; item++)
            powers[item] =
                gram.Degrees[item] > 0 ? (float)(Math.Pow(gram.Degrees[item], exponent) * gram.InverseRoots[item]) : 0;
        return powers;
    }
}
