using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Dense;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Search;

namespace Recommendation.Modeling.Training;

/// <summary>Weights, what they were made with, and how good that was.</summary>
/// <param name="Weights">W.</param>
/// <param name="Trainer">Which trainer made them.</param>
/// <param name="Chosen">The parameters of that trainer by name.</param>
/// <param name="Recency">How older items of a history count.</param>
/// <param name="Ndcg">NDCG@20 on what was held out; not a number where nothing was.</param>
internal sealed record TrainedWeights(
    ItemWeights Weights, string Trainer, IReadOnlyList<(string Name, double Value)> Chosen, Recency Recency, double Ndcg)
{
    public static TrainedWeights Of(ItemWeights weights, WeightParameters parameters, double ndcg) => new(
        weights,
        "sparse",
        [
            (ParameterNames.PopularityExponent, parameters.Beta),
            (ParameterNames.Flatness, parameters.Flatness),
            (ParameterNames.LowRankShare, parameters.LowRankShare),
        ],
        parameters.Recency,
        ndcg);

    public static TrainedWeights Of(ItemWeights weights, DenseParameters parameters, Recency recency, double ndcg) => new(
        weights,
        "dense",
        [
            (ParameterNames.PopularityExponent, parameters.TargetExponent),
            (ParameterNames.Ridge, parameters.Lambda),
            (ParameterNames.Normalised, parameters.Normalised ? 1 : 0),
        ],
        recency,
        ndcg);

    /// <summary>All parameters for the manifest.</summary>
    public SortedDictionary<string, double> Parameters(ModelTrainerOptions options)
    {
        var parameters = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [ParameterNames.Neighbours] = options.NeighboursPerItem,
            [ParameterNames.HistoryLimit] = options.HistoryLimit,
            [ParameterNames.WeightCap] = options.WeightCap,
            [ParameterNames.PopularityHalfLifeDays] = options.PopularityHalfLife.TotalDays,
            [ParameterNames.PositionDecay] = Recency.PositionDecay,
            [ParameterNames.HalfLifeDays] = double.IsFinite(Recency.HalfLifeDays) ? Recency.HalfLifeDays : 0,
        };
        foreach (var (name, value) in Chosen)
            parameters.Add(name, value);
        return parameters;
    }

    public SortedDictionary<string, double> Metrics() => double.IsNaN(Ndcg)
        ? new(StringComparer.Ordinal)
        : new(StringComparer.Ordinal) { [ParameterNames.ValidationNdcg] = Ndcg };
}
