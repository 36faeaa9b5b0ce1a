namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// The filter f of the item graph: a polynomial of S, as coefficients of Chebyshev polynomials in 2s - 1. The shape is
/// the plateau of ChebyCF (Kim et al., SIGIR 2025). With flatness 1 it is s itself. Above 1, it rises early to about ½,
/// stays there, and rises again at the end: <c>½(1 ∓ |2s - 1|^flatness)</c>.
/// </summary>
internal static class ChebyshevFilter
{
    /// <summary>
    /// The degree of the polynomials for a flatness above 1. Degree 8 scored no higher on validation
    /// data, and costs more.
    /// </summary>
    public const int Degree = 5;

    /// <summary>
    /// Coefficients c_0 … c_d of <c>f(s) = Σ c_k T_k(2s - 1)</c>, by interpolation at Chebyshev's nodes.
    /// </summary>
    public static double[] Coefficients(double flatness)
    {
        var degree = flatness == 1 ? 1 : Degree;
        var coefficients = new double[degree + 1];
        for (var k = 0; k <= degree; k++)
        {
            for (var node = 0; node <= degree; node++)
            {
                var angle = Math.PI * (node + 0.5) / (degree + 1);
                coefficients[k] +=
                    Plateau(Math.Cos(angle), flatness) * Math.Cos(k * angle) * (k == 0 ? 1 : 2) / (degree + 1);
            }
        }
        return coefficients;
    }

    private static double Plateau(double t, double flatness) =>
        0.5 * (1 + (Math.Sign(t) * Math.Pow(Math.Abs(t), flatness)));
}
