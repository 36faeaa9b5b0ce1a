using Recommendation.Application.Ports;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Dense;
using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Sequences;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Reads what a model was trained with from its parameters: the opposite of <see cref="TrainedWeights.Parameters"/>.
/// </summary>
internal static class MeasuredChoice
{
    private const string DenseTrainer = "dense";

    /// <exception cref="RefusedException">A parameter is missing; the message says which.</exception>
    public static ModelChoice Of(ModelDescription model)
    {
        double Get(string name) =>
            model.Parameters.TryGetValue(name, out var value)
                ? value
                : throw new RefusedException(
                    $"Model {model.Version} lacks the parameter '{name}', so nothing can be trained with its "
                        + "parameters. Train a new model."
                );
        double Find(string name) => model.Parameters.GetValueOrDefault(name);
        var days = Get(ParameterNames.HalfLifeDays);
        var trend = Find(ParameterNames.TrendExponent);
        var order = new OrderParameters(
            new Recency(Get(ParameterNames.PositionDecay), days > 0 ? days : double.PositiveInfinity),
            Get(ParameterNames.TransitionShare),
            new TransitionExponents(
                Find(ParameterNames.TransitionSourceExponent),
                Find(ParameterNames.TransitionTargetExponent)
            ),
            trend > 0 ? new Trend(trend, Get(ParameterNames.TrendHalfLifeDays)) : Trend.None,
            Find(ParameterNames.Repeats))
        {
            Popular = Find(ParameterNames.PopularShare) is > 0 and var share
                ? new PopularShare(share, Get(ParameterNames.PopularShareHalfLifeDays))
                : PopularShare.None,
        };
        return string.Equals(model.Trainer, DenseTrainer, StringComparison.Ordinal)
            ? new(
                WeightParameters.Default,
                new DenseParameters(
                    Get(ParameterNames.Normalised) != 0,
                    Get(ParameterNames.Ridge),
                    Get(ParameterNames.PopularityExponent)
                ),
                order,
                double.NaN
            )
            : new(
                new WeightParameters(
                    Get(ParameterNames.UserExponent),
                    Get(ParameterNames.PopularityExponent),
                    Get(ParameterNames.Flatness),
                    Get(ParameterNames.LowRankShare)
                )
                {
                    Sharpness = Get(ParameterNames.Sharpness),
                    Evenness = Get(ParameterNames.Evenness),
                },
                Dense: null, order, double.NaN)
            {
                Factors = new FactorParameters(Get(ParameterNames.FactorShare), Get(ParameterNames.FactorExponent)),
            };
    }
}
