using System.Text.Json.Nodes;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Monitoring;

/// <summary>A metric as an alarm or a widget asks for it.</summary>
/// <param name="Dimensions">Values as the template has them: texts, or references.</param>
internal sealed record MetricReading(
    string Namespace,
    string Name,
    string Statistic,
    int Period,
    IReadOnlyDictionary<string, JsonNode> Dimensions
)
{
    internal static IEnumerable<MetricReading> Of(Resource alarm)
    {
        if (alarm.At("MetricName") is not null)
            return
            [
                From(
                    alarm.Properties,
                    (string?)alarm.At("Statistic") ?? (string)alarm.At("ExtendedStatistic")!,
                    (int)alarm.At("Period")!
                ),
            ];
        return alarm
            .At("Metrics")!
            .AsArray()
            .Where(query => query!["MetricStat"] is not null)
            .Select(query =>
                From(
                    query!["MetricStat"]!["Metric"]!,
                    (string)query["MetricStat"]!["Stat"]!,
                    (int)query["MetricStat"]!["Period"]!
                )
            );
    }

    private static MetricReading From(JsonNode metric, string statistic, int period) =>
        new(
            (string)metric["Namespace"]!,
            (string)metric["MetricName"]!,
            statistic,
            period,
            (metric["Dimensions"]?.AsArray() ?? []).ToDictionary(
                pair => (string)pair!["Name"]!,
                pair => pair!["Value"]!,
                StringComparer.Ordinal
            )
        );
}
