namespace Recommendation.Domain.Statistics;

/// <summary>
/// Sums over users of a numerator x and a denominator y, such as clicks and impressions: all that the ratio Σx/Σy and
/// its variance need. What one user does is not independent, so the unit is the user (delta method: Deng, Knoblich, Lu
/// 2018, "Applying the Delta Method in Metric Analytics", doi 10.1145/3219819.3219919).
/// </summary>
/// <param name="Users">How many users.</param>
/// <param name="X">Σx.</param>
/// <param name="Y">Σy.</param>
/// <param name="XX">Σx².</param>
/// <param name="YY">Σy².</param>
/// <param name="XY">Σxy.</param>
public readonly record struct RatioMoments(long Users, double X, double Y, double XX, double YY, double XY)
{
    /// <summary>Σx/Σy; null if nothing is in the denominator.</summary>
    public double? Ratio => Y > 0 ? X / Y : null;

    /// <summary>
    /// The variance of the ratio r: n/(n−1) · Σ(x − ry)² / (Σy)². Null with fewer than two users or an empty
    /// denominator.
    /// </summary>
    public double? Variance => Users < 2 || Y <= 0 ? null : Math.Max(0, Residuals) * Users / (Users - 1) / (Y * Y);

    /// <summary>The variance of ln r: Var(r)/r². Null if there is no variance, or the ratio is not positive.</summary>
    public double? LogVariance => Variance is { } variance && X > 0 ? variance / (X / Y * (X / Y)) : null;

    /// <summary>These users and one more.</summary>
    public RatioMoments With(double x, double y) =>
        new(Users + 1, X + x, Y + y, XX + x * x, YY + y * y, XY + x * y);

    public static RatioMoments operator +(RatioMoments left, RatioMoments right) => Add(left, right);

    public static RatioMoments Add(RatioMoments left, RatioMoments right) =>
        new(
            left.Users + right.Users,
            left.X + right.X,
            left.Y + right.Y,
            left.XX + right.XX,
            left.YY + right.YY,
            left.XY + right.XY
        );

    /// <summary>
    /// The interval r ± z·s of a single look, cut at 0 for numerators that are never negative. Null if there is no
    /// variance.
    /// </summary>
    /// <param name="level">How often such intervals miss, such as .05.</param>
    public Interval? FixedInterval(double level)
    {
        if (Variance is not { } variance)
            return null;
        var (ratio, half) = (X / Y, NormalDistribution.Quantile(1 - level / 2) * Math.Sqrt(variance));
        return new Interval(X >= 0 ? Math.Max(0, ratio - half) : ratio - half, ratio + half);
    }

    private double Residuals => XX - 2 * (X / Y) * XY + X / Y * (X / Y) * YY;
}
