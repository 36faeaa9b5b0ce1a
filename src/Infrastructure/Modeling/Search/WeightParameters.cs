using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Search;

/// <summary>What the search chooses: <c>W = D^-β (f(S) + g VVᵀ) D^β</c>, and how the recency of a history's items counts.</summary>
/// <param name="Beta">β: how much popular targets are favoured.</param>
/// <param name="Flatness">Of the filter f; 1 for f(s) = s.</param>
/// <param name="LowRankShare">g.</param>
/// <param name="Recency">δ and H.</param>
internal sealed record WeightParameters(double Beta, double Flatness, double LowRankShare, Recency Recency)
{
    /// <summary>A good choice on most data, and the only one where there are too few data to choose by.</summary>
    public static readonly WeightParameters Default = new(0.3, 1, 0, Recency.None);

    /// <summary>Whether W needs nothing but S.</summary>
    public bool IsPlain => Flatness == 1 && LowRankShare == 0;
}
