using Recommendation.Application.Feedback;

namespace Recommendation.Export;

/// <summary>
/// Metrics as a flat table: a row for each group and currency. Names never change; columns may be added.
/// </summary>
public static class MetricTables
{
    /// <summary>The columns.</summary>
    public static IReadOnlyList<TableColumn<ExportedMetrics>> Metrics { get; } =
    [
        TableColumn.Text<ExportedMetrics>("day", one => one.Row.Day),
        TableColumn.Text<ExportedMetrics>("scenario", one => one.Row.Scenario),
        TableColumn.Text<ExportedMetrics>("source", one => one.Row.Source),
        TableColumn.Text<ExportedMetrics>("model", one => one.Row.Model),
        TableColumn.Text<ExportedMetrics>("experiment", one => one.Row.Experiment),
        TableColumn.Text<ExportedMetrics>("variant", one => one.Row.Variant),
        TableColumn.Text<ExportedMetrics>("type", one => one.Row.Type),
        TableColumn.Whole<ExportedMetrics>("lists", one => one.IsFirst ? one.Row.Lists : 0),
        TableColumn.Whole<ExportedMetrics>("impressions", one => one.IsFirst ? one.Row.Impressions : 0),
        TableColumn.Whole<ExportedMetrics>("clicks", one => one.IsFirst ? one.Row.Clicks : 0),
        TableColumn.Whole<ExportedMetrics>("conversions", one => one.IsFirst ? one.Row.Conversions : 0),
        TableColumn.Text<ExportedMetrics>("currency", one => one.Revenue?.Currency),
        TableColumn.Text<ExportedMetrics>(
            "revenue", one => one.Revenue?.Amount.ToString("0.00####",
                System.Globalization.CultureInfo.InvariantCulture)),
        TableColumn.Number<ExportedMetrics>("ctr", one => one.Row.Ctr.Value),
        TableColumn.Number<ExportedMetrics>("ctrLower", one => one.Row.Ctr.Lower),
        TableColumn.Number<ExportedMetrics>("ctrUpper", one => one.Row.Ctr.Upper),
        TableColumn.Number<ExportedMetrics>("conversionRate", one => one.Row.ConversionRate.Value),
        TableColumn.Number<ExportedMetrics>("conversionRateLower", one => one.Row.ConversionRate.Lower),
        TableColumn.Number<ExportedMetrics>("conversionRateUpper", one => one.Row.ConversionRate.Upper),
        TableColumn.Number<ExportedMetrics>("repeatRate", one => one.Row.RepeatRate),
        TableColumn.Whole<ExportedMetrics>("items", one => one.Row.Items ?? 0),
        TableColumn.Number<ExportedMetrics>("coverage", one => one.Row.Coverage),
        TableColumn.Number<ExportedMetrics>("novelty", one => one.Row.Novelty),
    ];
}

/// <summary>A row of metrics with one of its currencies.</summary>
/// <param name="IsFirst">Whether it is the row's first currency: counts are in that alone, so that columns can be added
/// up.</param>
public sealed record ExportedMetrics(MetricRowDocument Row, MoneyDocument? Revenue, bool IsFirst)
{
    /// <summary>The rows of a table, one for each currency, or one without.</summary>
    public static IEnumerable<ExportedMetrics> Of(MetricsDocument table)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (var row in table.Rows)
        {
            if (row.Revenue.Count == 0)
                yield return new ExportedMetrics(row, Revenue: null, IsFirst: true);
            foreach (var (index, money) in row.Revenue.Index())
                yield return new ExportedMetrics(row, money, IsFirst: index == 0);
        }
    }
}
