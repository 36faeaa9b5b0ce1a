using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Dense;

/// <summary>Tries ridges, target exponents and recencies of the dense trainer on a validation split, by NDCG@20 of cut rows.</summary>
internal sealed class DenseSearch(ValidationSplit split, int neighbours, int threads)
{
    private const int Users = 2_000;

    /// <returns>The best parameters and the weights that they gave.</returns>
    public (DenseParameters Parameters, Recency Recency, ItemWeights Weights) Run(Action<double> progress, CancellationToken cancellationToken)
    {
        var trainer = new DenseTrainer(split.Remaining.Matrix, neighbours, threads);
        var heldOut = new HeldOutNdcg(split);
        (DenseParameters Parameters, ItemWeights Weights, double Ndcg)? best = null;
        foreach (var (place, ridge) in DenseParameters.Ridges.Index())
        {
            var inverse = trainer.Invert(ridge.Normalised, ridge.Lambda, _ => { }, cancellationToken);
            foreach (var parameters in DenseParameters.Of(ridge))
            {
                var weights = trainer.Weights(inverse, parameters, cancellationToken);
                var ndcg = heldOut.Average(Users, weights, item => item, Recency.None, cancellationToken);
                if (best is null || ndcg > best.Value.Ndcg)
                    best = (parameters, weights, ndcg);
            }
            progress((place + 1d) / DenseParameters.Ridges.Length);
        }
        var chosen = best!.Value;
        var recency = split.HasTimes
            ? WeightGrid.AllRecencies.MaxBy(one => heldOut.Average(Users, chosen.Weights, item => item, one, cancellationToken))
            : Recency.None;
        return (chosen.Parameters, recency, chosen.Weights);
    }
}
