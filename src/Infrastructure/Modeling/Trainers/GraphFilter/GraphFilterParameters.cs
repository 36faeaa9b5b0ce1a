namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// The parameters of the graph filter: <c>W = D^-β (f(S) + g VVᵀ) D^β</c>, where S weights each user with d_u^-b.
/// </summary>
/// <param name="UserExponent">b: 1 where every user counts as much as any other, less where users with long histories
/// count more.</param>
/// <param name="Beta">β: how much popular targets are preferred.</param>
/// <param name="Flatness">Of the filter f; 1 for f(s) = s.</param>
/// <param name="LowRankShare">g.</param>
internal sealed record GraphFilterParameters(double UserExponent, double Beta, double Flatness, double LowRankShare)
{
    /// <summary>p: how much more strong similarities count than weak ones. See <see cref="Sharpening"/>.</summary>
    public double Sharpness { get; init; } = 1;

    /// <summary>e: how much the influence of rows is balanced. See <see cref="Sharpening"/>.</summary>
    public double RowNormExponent { get; init; }

    /// <summary>Good parameters on most data. Used if there are too few data for a search.</summary>
    public static readonly GraphFilterParameters Default = new(1, 0.3, 1, 0);

    /// <summary>Whether W only needs S.</summary>
    public bool IsPlain => UserExponent == 1 && Flatness == 1 && LowRankShare == 0;
}
