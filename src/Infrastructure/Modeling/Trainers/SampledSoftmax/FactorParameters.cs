namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>How learned factors are used.</summary>
/// <param name="Share">s: the weight of the factors beside the weights of the graph filter or EASE; 0 where
/// they are not trained.</param>
/// <param name="Exponent">ε: how much popular targets are preferred, as β and c do with
/// those weights.</param>
internal sealed record FactorParameters(double Share, double Exponent)
{
    public static readonly FactorParameters None = new(0, 0);

    /// <summary>The exponents to try with each share.</summary>
    public static readonly double[] Exponents = [0, 0.05, 0.1];

    /// <summary>The shares to try.</summary>
    public static readonly double[] Shares = [0.35, 0.7, 1, 1.5, 2];

    public bool IsNone => Share == 0;
}
