using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Ease;

namespace Recommendation.Modeling.Selection;

/// <summary>Tries ridges and target exponents of EASE on a validation split, by NDCG@20 of truncated rows.</summary>
/// <param name="split">The data to validate on.</param>
/// <param name="ridges">What to try; each needs one inversion.</param>
/// <param name="exponents">What to try with each ridge.</param>
/// <param name="neighbours">K: the maximum number of entries in a row.</param>
/// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
internal sealed class EaseSearch(
    ValidationSplit split,
    (bool Normalised, double Lambda)[] ridges,
    double[] exponents,
    int neighbours,
    int threads
)
{
    private const int Users = 2_000;

    /// <returns>The best parameters and the weights that they gave.</returns>
    public (EaseParameters Parameters, ItemWeights Weights) Run(
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        var trainer = new EaseSolver(split.Remaining.Matrix, neighbours, threads);
        var heldOut = new HeldOutNdcg(split, threads);
        (EaseParameters Parameters, ItemWeights Weights, double Ndcg)? best = null;
        foreach (var (place, ridge) in ridges.Index())
        {
            var inverse = trainer.Invert(ridge.Normalised, ridge.Lambda, _ => { }, cancellationToken);
            foreach (var exponent in exponents)
            {
                var parameters = new EaseParameters(ridge.Normalised, ridge.Lambda, exponent);
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
