namespace Recommendation.Modeling.Trainers.Ease;

/// <summary>The parameters of EASE.</summary>
/// <param name="Normalised">Whether EASE works on the normalised Gram matrix S rather than on XᵀX.</param>
/// <param name="Lambda">λ: the ridge.</param>
/// <param name="TargetExponent">c: how much popular targets are preferred.</param>
internal sealed record EaseParameters(bool Normalised, double Lambda, double TargetExponent)
{
    /// <summary>The exponents to try with each ridge.</summary>
    public static readonly double[] Exponents = [0, 0.25, 0.5];

    /// <summary>The ridges to try; each needs one inversion.</summary>
    public static readonly (bool Normalised, double Lambda)[] Ridges =
    [
        (true, 0.02),
        (true, 0.05),
        (true, 0.1),
        (true, 0.2),
        (true, 0.5),
        (false, 50),
        (false, 100),
        (false, 200),
        (false, 500),
        (false, 1000),
    ];
}
