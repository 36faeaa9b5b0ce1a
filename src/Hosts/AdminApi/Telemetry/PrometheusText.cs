using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Recommendation.AdminApi.Telemetry;

/// <summary>
/// Writes metrics in Prometheus's text format 0.0.4, with the names that OpenTelemetry gives them there: the unit and,
/// for counters, <c>_total</c> at the end.
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
/// </summary>
internal sealed class PrometheusText : BaseExporter<Metric>
{
    private readonly StringBuilder _text = new();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        // Instruments of several meters may have one name; each name has one block.
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            var type = TypeOf(metric.MetricType);
            var name = NameOf(metric.Name, metric.Unit, type);
            if (type.Length > 0 && known.Add(name))
                Write(metric, name, type);
        }
        return ExportResult.Success;
    }

    public override string ToString() => _text.ToString();

    /// <summary>What a metric is called.</summary>
    internal static string NameOf(string name, string? unit, string type)
    {
        var text = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        var suffix = unit switch
        {
            "ms" => "milliseconds",
            "s" => "seconds",
            "By" => "bytes",
            "1" when type is "gauge" => "ratio",
            _ => "",
        };
        if (suffix.Length > 0 && !text.EndsWith("_" + suffix, StringComparison.Ordinal))
            text += "_" + suffix;
        return type is "counter" && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic
            or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.Histogram => "histogram",
        _ => "",
    };

    private void Write(Metric metric, string name, string type)
    {
        if (!string.IsNullOrEmpty(metric.Description))
            Line($"# HELP {name} {metric.Description.Replace("\\", "\\\\").Replace("\n", "\\n")}");
        Line($"# TYPE {name} {type}");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point);
            if (type is "histogram")
                WriteHistogram(name, labels, point);
            else
                Line($"{name}{Braces(labels)} {ValueOf(metric.MetricType, point)}");
        }
    }

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
            Line($"{name}_bucket{Braces(labels.Length == 0 ? bound : $"{labels},{bound}")} {count}");
        }
        Line($"{name}_sum{Braces(labels)} {Number(point.GetHistogramSum())}");
        Line($"{name}_count{Braces(labels)} {point.GetHistogramCount()}");
    }

    private static string ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private static string LabelsOf(in MetricPoint point)
    {
        var labels = new StringBuilder();
        foreach (var tag in point.Tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",")
                .AppendJoin("", tag.Key.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))
                .Append("=\"")
                .Append(Convert.ToString(tag.Value, CultureInfo.InvariantCulture)?
                    .Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n"))
                .Append('"');
        }
        return labels.ToString();
    }

    private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private void Line(FormattableString line) => _text.Append(FormattableString.Invariant(line)).Append('\n');
}
