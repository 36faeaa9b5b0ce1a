namespace Recommendation.Domain.Experiments;

/// <summary>What an experiment compares; each is a ratio of sums over users.</summary>
public enum ExperimentMetric
{
    /// <summary>Clicks per impression.</summary>
    Ctr,

    /// <summary>Conversions per list.</summary>
    Conversion,

    /// <summary>Revenue per list, in the experiment's currency.</summary>
    Revenue,
}

/// <summary>A metric that a variant must not harm.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Tolerance">
/// Which loss is tolerated: with .02, a variant is stopped once its interval is below −2 % as a whole.
/// </param>
public sealed record Guardrail(ExperimentMetric Metric, double Tolerance);

/// <summary>The stored and shown names of metrics.</summary>
public static class ExperimentMetricText
{
    public static string ToText(this ExperimentMetric metric) => metric switch
    {
        ExperimentMetric.Ctr => "ctr",
        ExperimentMetric.Conversion => "conversion",
        ExperimentMetric.Revenue => "revenue",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, message: null),
    };

    /// <returns>Null where the text names no metric.</returns>
    public static ExperimentMetric? Parse(string? text) => text switch
    {
        "ctr" => ExperimentMetric.Ctr,
        "conversion" => ExperimentMetric.Conversion,
        "revenue" => ExperimentMetric.Revenue,
        _ => null,
    };
}
