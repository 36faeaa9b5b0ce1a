using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Artefacts;

/// <summary>How a history is weighed when it is scored: <c>q_h = min(cap, Σ w_type · δ^position · 2^(-age/H))</c>.</summary>
/// <param name="WeightCap">The most that one item can weigh.</param>
/// <param name="Recency">δ and H; no H is written as 0 in the manifest.</param>
internal sealed record ScoringParameters(double WeightCap, Recency Recency)
{
    public static ScoringParameters From(IReadOnlyDictionary<string, double> parameters)
    {
        var days = Get(parameters, ParameterNames.HalfLifeDays);
        var scoring = new ScoringParameters(
            Get(parameters, ParameterNames.WeightCap),
            new(Get(parameters, ParameterNames.PositionDecay), days > 0 ? days : double.PositiveInfinity));
        if (scoring is { WeightCap: > 0, Recency.PositionDecay: > 0 and <= 1 } && double.IsFinite(scoring.WeightCap))
            return scoring;
        throw new InvalidDataException("The manifest's parameters for scoring are out of range.");
    }

    private static double Get(IReadOnlyDictionary<string, double> parameters, string name) =>
        parameters.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"The manifest lacks the parameter '{name}'.");
}

/// <summary>The names of parameters in manifests.</summary>
internal static class ParameterNames
{
    /// <summary>λ of the dense trainer.</summary>
    public const string Ridge = "ridge";

    /// <summary>1 where the dense trainer worked on the normalised Gram matrix, 0 where on the plain one.</summary>
    public const string Normalised = "normalised";

    /// <summary>β of the sparse trainer, c of the dense one.</summary>
    public const string PopularityExponent = "popularityExponent";

    /// <summary>Of the filter f; 1 for f(s) = s.</summary>
    public const string Flatness = "flatness";

    /// <summary>g.</summary>
    public const string LowRankShare = "lowRankShare";

    /// <summary>K.</summary>
    public const string Neighbours = "neighboursPerItem";

    public const string HistoryLimit = "historyLimit";

    public const string WeightCap = "weightCap";

    public const string PopularityHalfLifeDays = "popularityHalfLifeDays";

    /// <summary>δ.</summary>
    public const string PositionDecay = "positionDecay";

    /// <summary>A metric: NDCG@20 on interactions held out of the training data.</summary>
    public const string ValidationNdcg = "validation.ndcg@20";

    /// <summary>H; 0 for none.</summary>
    public const string HalfLifeDays = "halfLifeDays";
}
