namespace Recommendation.Domain.Statistics;

/// <summary>The gamma function.</summary>
public static class Gamma
{
    /// <summary>
    /// ln Γ(x) for x > 0, to about 14 digits: Stirling's series (Abramowitz, Stegun 1964, 6.1.41), after Γ(x + 1) = x
    /// Γ(x) has brought x to 8 or more.
    /// </summary>
    public static double Log(double x)
    {
        var product = 1d;
        for (; x < 8; x++)
            product *= x;
        var inverse = 1 / (x * x);
        var series = (1d / 12 - inverse * (
            1d / 360 - inverse * (1d / 1260 - inverse * (1d / 1680 - inverse / 1188)))) / x;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - Math.Log(product);
    }
}
