namespace Recommendation.Modeling.Artefacts;

/// <summary>How a history is weighed when it is scored: <c>q_h = min(cap, Σ w_type · δ^position · 2^(-age/H))</c>.</summary>
/// <param name="WeightCap">The most that one item can weigh.</param>
/// <param name="PositionDecay">δ: what each newer interaction leaves of an older one's weight; above 0, at most 1.</param>
/// <param name="HalfLifeDays">H; infinite for none, which the manifest writes as 0.</param>
internal sealed record ScoringParameters(double WeightCap, double PositionDecay, double HalfLifeDays)
{
    public static ScoringParameters From(IReadOnlyDictionary<string, double> parameters)
    {
        var scoring = new ScoringParameters(
            Get(parameters, ParameterNames.WeightCap),
            Get(parameters, ParameterNames.PositionDecay),
            Get(parameters, ParameterNames.HalfLifeDays) is > 0 and var days ? days : double.PositiveInfinity);
        if (scoring is { WeightCap: > 0, PositionDecay: > 0 and <= 1 } && double.IsFinite(scoring.WeightCap))
            return scoring;
        throw new InvalidDataException("The manifest's parameters for scoring are out of range.");
    }

    private static double Get(IReadOnlyDictionary<string, double> parameters, string name) =>
        parameters.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"The manifest lacks the parameter '{name}'.");
}

/// <summary>The names of parameters in manifests.</summary>
internal static class ParameterNames
{
    /// <summary>β.</summary>
    public const string PopularityExponent = "popularityExponent";

    /// <summary>K.</summary>
    public const string Neighbours = "neighboursPerItem";

    public const string HistoryLimit = "historyLimit";

    public const string WeightCap = "weightCap";

    public const string PopularityHalfLifeDays = "popularityHalfLifeDays";

    /// <summary>δ.</summary>
    public const string PositionDecay = "positionDecay";

    /// <summary>H; 0 for none.</summary>
    public const string HalfLifeDays = "halfLifeDays";
}
