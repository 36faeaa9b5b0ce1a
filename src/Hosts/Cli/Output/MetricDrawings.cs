using System.Globalization;
using Recommendation.Application.Feedback;
using Recommendation.Domain.Statistics;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Metrics as people read them.</summary>
internal static class MetricDrawings
{
    internal static void Draw(IAnsiConsole output, MetricTable table)
    {
        output.Line(
            $"Metrics from {MetricsText.Day(table.From)} to {MetricsText.Day(table.Through)} (UTC); intervals are at "
                + $"95 %");
        if (table.Rows.Count == 0)
        {
            output.Line(
                $"Nothing is counted of these days. Send impressions and events with the lists' recommendationId; "
                    + $"see docs/metrics.md.");
            return;
        }
        var drawn = new Table { Border = TableBorder.Rounded };
        foreach (var name in table.By.Select(one => one.ToText()).Concat(table.Segment is { } segment ? [segment] : [])
            .Concat(["Lists", "Impressions", "Clicks", "Conversions", "CTR", "Conversion rate", "Revenue", "Coverage"]))
            drawn.AddColumn(Markup.Escape(name));
        foreach (var row in table.Rows)
        {
            drawn.AddRow([
                .. row.Group.Select(value => Markup.Escape(value ?? "-")),
                MetricsText.Whole(row.Lists),
                MetricsText.Whole(row.Impressions),
                MetricsText.Whole(row.Clicks),
                MetricsText.Whole(row.Conversions),
                MetricsText.Rate(row.Ctr, row.CtrInterval),
                MetricsText.Rate(row.ConversionRate, row.ConversionRateInterval),
                string.Join(", ", row.Revenue.Select(one => string.Create(
                    CultureInfo.InvariantCulture, $"{one.Amount:n2} {one.Currency}"))),
                MetricsText.Rate(row.Coverage, null),
            ]);
        }
        output.Write(drawn);
    }
}

/// <summary>Numbers of metrics as text.</summary>
internal static class MetricsText
{
    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Whole(long count) => count.ToString("n0", CultureInfo.InvariantCulture);

    internal static string Rate(double? rate, Interval? interval) => rate is not { } value
        ? "-"
        : interval is { } known
            ? string.Create(CultureInfo.InvariantCulture,
                $"{value * 100:0.00} % ({known.Lower * 100:0.00}–{known.Upper * 100:0.00})")
            : string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.00} %");
}
