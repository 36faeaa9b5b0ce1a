using Recommendation.Domain.Feedback;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Feedback;

/// <summary>What metrics are told apart by.</summary>
public enum MetricDimension
{
    Day,
    Scenario,
    Source,
    Model,
    Experiment,
    Variant,
    Type,
}

/// <summary>The names of dimensions, and the values of a sum in them.</summary>
public static class MetricDimensions
{
    /// <summary>The names, in the order of the columns.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["day", "scenario", "source", "model", "experiment", "variant", "type"];

    public static string ToText(this MetricDimension dimension) => Names[(int)dimension];

    /// <returns>Null where the text names no dimension.</returns>
    public static MetricDimension? Parse(string? text) =>
        Enumerable.Range(0, Names.Count).Where(i => string.Equals(Names[i], text, StringComparison.Ordinal))
            .Select(i => (MetricDimension?)i).FirstOrDefault();

    /// <returns>Null for feedback that belongs to no list, and where lists have no such thing.</returns>
    internal static string? ValueOf(
        this MetricDimension dimension, in FeedbackKey key, ListConfiguration? configuration) => dimension switch
        {
            MetricDimension.Day => key.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            MetricDimension.Scenario => configuration?.Scenario,
            MetricDimension.Source => configuration is null ? null : key.Source.ToText(),
            MetricDimension.Model => configuration?.Model?.Value,
            MetricDimension.Experiment => configuration?.Experiment?.Value,
            MetricDimension.Variant => configuration?.Variant?.Value,
            _ => key.Type.Value,
        };
}
