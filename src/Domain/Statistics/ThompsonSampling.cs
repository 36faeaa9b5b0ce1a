namespace Recommendation.Domain.Statistics;

/// <summary>
/// Draws how good something may be from what was seen of it (Thompson, 1933): from the beta distribution after so many
/// successes and failures, with the uniform one before. What is little known is drawn high now and then, and what is
/// known to be bad hardly ever.
/// </summary>
public static class ThompsonSampling
{
    /// <param name="random">The source of the draw: the same one gives the same draws.</param>
    /// <param name="successes">How often it went well; 0 or more.</param>
    /// <param name="failures">How often it did not; 0 or more.</param>
    /// <returns>A rate between 0 and 1.</returns>
    public static double Draw(Random random, long successes, long failures)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfNegative(failures);
        var (one, other) = (DrawGamma(random, 1.0 + successes), DrawGamma(random, 1.0 + failures));
        return one / (one + other);
    }

    /// <summary>Marsaglia and Tsang, "A simple method for generating gamma variables" (2000); the shape is 1 or more.
    /// </summary>
    private static double DrawGamma(Random random, double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = DrawNormal(random);
            var v = Math.Pow(1 + (c * normal), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * normal * normal) + (d * (1 - v + Math.Log(v))))
                return d * v;
        }
    }

    private static double DrawNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
