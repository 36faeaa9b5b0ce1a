namespace Recommendation.Modeling.Factors;

/// <summary>How learned factors are used.</summary>
/// <param name="Share">s: how much they count beside the sparse trainer's weights; 0 where they are not
/// trained.</param>
/// <param name="Exponent">ε: how much popular targets are favoured, as the sparse trainer's β does with its
/// weights.</param>
internal sealed record FactorParameters(double Share, double Exponent)
{
    public static readonly FactorParameters None = new(0, 0);

    /// <summary>The exponents to try with each share.</summary>
    public static readonly double[] Exponents = [0, 0.05, 0.1];

    /// <summary>The shares to try.</summary>
    public static readonly double[] Shares = [0.35, 0.7, 1, 1.5, 2];

    public bool IsNone => Share == 0;
}
