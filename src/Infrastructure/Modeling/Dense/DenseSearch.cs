using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Dense;

/// <summary>
/// Tries ridges and target exponents of the dense trainer on a validation split, by NDCG@20 of cut rows.
/// </summary>
/// <param name="split">What to try on.</param>
/// <param name="ridges">What to try; each needs one inversion.</param>
/// <param name="exponents">What to try with each ridge.</param>
/// <param name="neighbours">K.</param>
/// <param name="threads">How many threads to use; the result does not depend on it.</param>
internal sealed class DenseSearch(
    ValidationSplit split,
    (bool Normalised, double Lambda)[] ridges,
    double[] exponents,
    int neighbours,
    int threads
)
{
    private const int Users = 2_000;

    /// <returns>The best parameters and the weights that they gave.</returns>
    public (DenseParameters Parameters, ItemWeights Weights) Run(
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        var trainer = new DenseTrainer(split.Remaining.Matrix, neighbours, threads);
        var heldOut = new HeldOutNdcg(split, threads);
        (DenseParameters Parameters, ItemWeights Weights, double Ndcg)? best = null;
        foreach (var (place, ridge) in ridges.Index())
        {
            var inverse = trainer.Invert(ridge.Normalised, ridge.Lambda, _ => { }, cancellationToken);
            foreach (var exponent in exponents)
            {
                var parameters = new DenseParameters(ridge.Normalised, ridge.Lambda, exponent);
                var weights = trainer.Weights(inverse, parameters, cancellationToken);
                var ndcg = heldOut.Average(Users, weights, Recency.None, cancellationToken);
                if (best is null || ndcg > best.Value.Ndcg)
                    best = (parameters, weights, ndcg);
            }
            progress((place + 1d) / ridges.Length);
        }
        return (best!.Value.Parameters, best.Value.Weights);
    }
}
