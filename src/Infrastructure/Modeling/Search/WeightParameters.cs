namespace Recommendation.Modeling.Search;

/// <summary>What the search chooses: <c>W = D^-β (f(S) + g VVᵀ) D^β</c>, where S takes each user with d_u^-b.</summary>
/// <param name="UserExponent">b: 1 where every user counts as much as any other, less where users with long histories
/// count more.</param>
/// <param name="Beta">β: how much popular targets are favoured.</param>
/// <param name="Flatness">Of the filter f; 1 for f(s) = s.</param>
/// <param name="LowRankShare">g.</param>
internal sealed record WeightParameters(double UserExponent, double Beta, double Flatness, double LowRankShare)
{
    /// <summary>
    /// p: how much more close resemblances count than faint ones; see <see cref="Training.Sharpening"/>.
    /// </summary>
    public double Sharpness { get; init; } = 1;

    /// <summary>e: how much less an item counts for having much to say.</summary>
    public double Evenness { get; init; }

    /// <summary>A good choice on most data, and the only one where there are too few data to choose by.</summary>
    public static readonly WeightParameters Default = new(1, 0.3, 1, 0);

    /// <summary>Whether W needs nothing but S.</summary>
    public bool IsPlain => UserExponent == 1 && Flatness == 1 && LowRankShare == 0;
}
