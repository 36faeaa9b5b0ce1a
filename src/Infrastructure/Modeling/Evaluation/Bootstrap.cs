namespace Recommendation.Modeling.Evaluation;

/// <summary>Percentile bootstrap of a mean (Efron 1979), seeded so that it repeats.</summary>
internal static class Bootstrap
{
    private const int Seed = 1979;

    /// <summary>The middle 95 % of the means of resamples; the mean itself where there are none.</summary>
    public static Interval Mean(double[] values, int resamples)
    {
        if (values.Length == 0)
            return default;
        if (resamples == 0)
            return new(values.Average(), values.Average());
        var random = new Random(Seed);
        var means = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var sum = 0d;
            for (var draw = 0; draw < values.Length; draw++)
                sum += values[random.Next(values.Length)];
            means[i] = sum / values.Length;
        }
        Array.Sort(means);
        return new(means[(int)(0.025 * (resamples - 1))], means[(int)Math.Ceiling(0.975 * (resamples - 1))]);
    }
}
