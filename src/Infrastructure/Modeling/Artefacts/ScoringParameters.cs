using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// How a history is weighted when it is scored: <c>q_h = min(cap, Σ w_type · δ^position · 2^(-age/H))</c>.
/// </summary>
/// <param name="WeightCap">The most that one item can weigh.</param>
/// <param name="Recency">δ and H; no H is written as 0 in the manifest.</param>
/// <param name="RepeatBonus">ρ: what an item of the history adds to its own score, times its weight there; matters
/// only if repeats are allowed; negative if users do not come back.</param>
internal sealed record ScoringParameters(double WeightCap, Recency Recency, double RepeatBonus)
{
    public static ScoringParameters From(ModelManifest manifest)
    {
        var parameters = manifest.Parameters;
        var days = Get(parameters, ParameterNames.HalfLifeDays);
        var scoring = new ScoringParameters(
            Get(parameters, ParameterNames.WeightCap),
            new(Get(parameters, ParameterNames.PositionDecay), days > 0 ? days : double.PositiveInfinity),
            manifest.FormatVersion == ModelManifest.OldestFormat ? 0 : Get(parameters, ParameterNames.RepeatBonus));
        if (scoring is { WeightCap: > 0, Recency.PositionDecay: > 0 and <= 1 }
            && double.IsFinite(scoring.WeightCap) && double.IsFinite(scoring.RepeatBonus))
            return scoring;
        throw new InvalidDataException("The manifest's parameters for scoring are out of range.");
    }

    /// <summary>How content counts in a model; null where it has no content.</summary>
    /// <exception cref="InvalidDataException">A parameter is out of range.</exception>
    public static ContentParameters? ContentOf(IReadOnlyDictionary<string, double> parameters)
    {
        if (!parameters.TryGetValue(ParameterNames.ContentSharpness, out var sharpness))
            return null;
        var content = new ContentParameters(
            sharpness,
            parameters.GetValueOrDefault(ParameterNames.ContentSelf),
            parameters.GetValueOrDefault(ParameterNames.ContentScale),
            parameters.GetValueOrDefault(ParameterNames.ContentWarmShare));
        return content is { Sharpness: > 0 and <= 16, Self: >= 0 and <= 1000 }
            && content is { Scale: >= 0 and <= 10, WarmShare: >= 0 and <= 1 }
            ? content
            : throw new InvalidDataException("The manifest's parameters of content are out of range.");
    }

    private static double Get(SortedDictionary<string, double> parameters, string name) =>
        parameters.TryGetValue(name, out var value)
            ? value
            : throw new InvalidDataException($"The manifest lacks the parameter '{name}'.");
}

/// <summary>The names of parameters in manifests.</summary>
internal static class ParameterNames
{
    /// <summary>λ of EASE.</summary>
    public const string Ridge = "ridge";

    /// <summary>1 if EASE used the normalised Gram matrix, 0 if it used XᵀX.</summary>
    public const string Normalised = "normalised";

    /// <summary>β of the graph filter, c of EASE.</summary>
    public const string PopularityExponent = "popularityExponent";

    /// <summary>b: how much less a user with a long history counts.</summary>
    public const string UserExponent = "userExponent";

    /// <summary>μ: the share of the transitions in the weights.</summary>
    public const string TransitionShare = "transitionShare";

    /// <summary>a of the transitions.</summary>
    public const string TransitionSourceExponent = "transitionSourceExponent";

    /// <summary>c of the transitions.</summary>
    public const string TransitionTargetExponent = "transitionTargetExponent";

    /// <summary>γ: the preference for items that are popular at present.</summary>
    public const string TrendExponent = "trendExponent";

    /// <summary>H of the trend.</summary>
    public const string TrendHalfLifeDays = "trendHalfLifeDays";

    /// <summary>κ: the share of recent popularity in the scores; absent where it is 0.</summary>
    public const string PopularShare = "popularShare";

    /// <summary>H of that popularity.</summary>
    public const string PopularShareHalfLifeDays = "popularShareHalfLifeDays";

    /// <summary>ρ.</summary>
    public const string RepeatBonus = "repeatBonus";

    /// <summary>ρ in units of the greatest weight of an average row; absent where it is 0.</summary>
    public const string Repeats = "repeats";

    /// <summary>Of the filter f; 1 for f(s) = s.</summary>
    public const string Flatness = "flatness";

    /// <summary>g.</summary>
    public const string LowRankShare = "lowRankShare";

    /// <summary>p: how much more close resemblances count than faint ones.</summary>
    public const string Sharpness = "sharpness";

    /// <summary>e: how much the influence of rows is balanced. The stored name is older than the term.</summary>
    public const string RowNormExponent = "evenness";

    /// <summary>
    /// s: how much learned factors count beside the graph filter's weights; 0 where there are none.
    /// </summary>
    public const string FactorShare = "factorShare";

    /// <summary>ε: how much learned factors favour popular targets.</summary>
    public const string FactorExponent = "factorExponent";

    /// <summary>p of content; absent, as the others of content, where there is none.</summary>
    public const string ContentSharpness = "contentSharpness";

    /// <summary>τ of content.</summary>
    public const string ContentSelf = "contentSelf";

    /// <summary>η of content: what scores of items without interactions are multiplied with.</summary>
    public const string ContentScale = "contentScale";

    /// <summary>σ: the share of content in the rows of items with interactions.</summary>
    public const string ContentWarmShare = "contentWarmShare";

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
