using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Search;

namespace Recommendation.Modeling.Training;

/// <summary>Weights, what they were made with, and how good that was.</summary>
/// <param name="Weights">W, with the transitions in it.</param>
/// <param name="Choice">What it was made with.</param>
/// <param name="RepeatBonus">ρ in units of the weights.</param>
internal sealed record TrainedWeights(ItemWeights Weights, ModelChoice Choice, double RepeatBonus)
{
    /// <summary>Which trainer made them.</summary>
    public string Trainer => Choice.Dense is null ? "sparse" : "dense";

    /// <summary>All parameters for the manifest.</summary>
    public SortedDictionary<string, double> Parameters(ModelTrainerOptions options)
    {
        var order = Choice.Order;
        var parameters = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [ParameterNames.Neighbours] = options.NeighboursPerItem,
            [ParameterNames.HistoryLimit] = options.HistoryLimit,
            [ParameterNames.WeightCap] = options.WeightCap,
            [ParameterNames.PopularityHalfLifeDays] =
                Choice.PopularityHalfLifeDays ?? options.PopularityHalfLife.TotalDays,
            [ParameterNames.PositionDecay] = order.Recency.PositionDecay,
            [ParameterNames.HalfLifeDays] = double.IsFinite(order.Recency.HalfLifeDays)
                ? order.Recency.HalfLifeDays
                : 0,
            [ParameterNames.TransitionShare] = order.Share,
            [ParameterNames.TrendExponent] = order.Trend.Exponent,
            [ParameterNames.RepeatBonus] = RepeatBonus,
        };
        if (order.Share > 0)
        {
            parameters.Add(ParameterNames.TransitionSourceExponent, order.Exponents.Source);
            parameters.Add(ParameterNames.TransitionTargetExponent, order.Exponents.Target);
        }
        if (order.Repeats != 0)
            parameters.Add(ParameterNames.Repeats, order.Repeats);
        if (order.Trend.Exponent > 0)
            parameters.Add(ParameterNames.TrendHalfLifeDays, order.Trend.HalfLifeDays);
        if (order.Popular.Share > 0)
        {
            parameters.Add(ParameterNames.PopularShare, order.Popular.Share);
            parameters.Add(ParameterNames.PopularShareHalfLifeDays, order.Popular.HalfLifeDays);
        }
        foreach (var (name, value) in OfTrainer())
            parameters.Add(name, value);
        return parameters;
    }

    public SortedDictionary<string, double> Metrics() => double.IsNaN(Choice.Ndcg)
        ? new(StringComparer.Ordinal)
        : new(StringComparer.Ordinal) { [ParameterNames.ValidationNdcg] = Choice.Ndcg };

    private IEnumerable<(string Name, double Value)> OfTrainer() => Choice.Dense is { } dense
        ?
        [
            (ParameterNames.PopularityExponent, dense.TargetExponent),
            (ParameterNames.Ridge, dense.Lambda),
            (ParameterNames.Normalised, dense.Normalised ? 1 : 0),
        ]
        :
        [
            (ParameterNames.PopularityExponent, Choice.Sparse.Beta),
            (ParameterNames.UserExponent, Choice.Sparse.UserExponent),
            (ParameterNames.Flatness, Choice.Sparse.Flatness),
            (ParameterNames.LowRankShare, Choice.Sparse.LowRankShare),
            (ParameterNames.Sharpness, Choice.Sparse.Sharpness),
            (ParameterNames.Evenness, Choice.Sparse.Evenness),
            (ParameterNames.FactorShare, Choice.Factors.Share),
            (ParameterNames.FactorExponent, Choice.Factors.Exponent),
        ];
}
