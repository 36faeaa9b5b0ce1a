using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Ease;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Selection;

/// <summary>The trainer and the parameters to train with.</summary>
/// <param name="GraphFilter">The parameters of the graph filter.</param>
/// <param name="Ease">The parameters of EASE if it is used instead of the graph filter; otherwise null.</param>
/// <param name="Sequence">How order, time and repeats count.</param>
/// <param name="Ndcg">NDCG@20 on the held-out interactions; not a number if there were none.</param>
internal sealed record SelectedModel(
    GraphFilterParameters GraphFilter,
    EaseParameters? Ease,
    SequenceParameters Sequence,
    double Ndcg
)
{
    /// <summary>How learned factors are used beside the graph filter or EASE.</summary>
    public FactorParameters Factors { get; init; } = FactorParameters.None;

    /// <summary>The factors that the search learned; null if factors are not used.</summary>
    public FactorEnsemble? Ensemble { get; init; }

    /// <summary>
    /// The half-life in days of the popularity that answers empty histories; null for the configured one.
    /// </summary>
    public double? PopularityHalfLifeDays { get; init; }

    /// <summary>The choice if there are too few data to search.</summary>
    public static SelectedModel Default(ModelTrainerOptions options) =>
        new(
            GraphFilterParameters.Default with
            {
                Beta = options.PopularityExponent,
            },
            null,
            SequenceParameters.None,
            double.NaN
        );
}
