using System.Globalization;
using System.Text.Json.Serialization;
using Recommendation.Domain;
using Recommendation.Domain.Statistics;

namespace Recommendation.Application.Feedback;

/// <summary>The figures of some days.</summary>
/// <param name="From">The first day (UTC).</param>
/// <param name="To">The last day.</param>
/// <param name="By">The dimensions that the rows are told apart by.</param>
/// <param name="State"><c>final</c> if the days are over and all that arrived in them is counted; else
/// <c>provisional</c>.</param>
/// <param name="CountedThrough">What arrived before is counted; null if nothing was counted yet.</param>
/// <param name="Rows">The groups.</param>
public sealed record MetricsDocument(
    string From, string To, IReadOnlyList<string> By, string State, string? CountedThrough,
    IReadOnlyList<MetricRowDocument> Rows)
{
    /// <summary>The attribute of users whose values are told apart; absent for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Segment { get; init; }

    public static MetricsDocument Of(MetricTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(
            DayText(table.From),
            DayText(table.Through),
            [.. table.By.Select(one => one.ToText())],
            table.IsFinal ? "final" : "provisional",
            table.CountedThrough is { } through ? Timestamps.Format(through) : null,
            [.. table.Rows.Select(row => MetricRowDocument.From(table, row))])
        {
            Segment = table.Segment,
        };
    }

    internal static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The figures of one group. A dimension that was not asked for is null, and so is one that feedback without a
/// list lacks.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Scenario">The scenario of the lists.</param>
/// <param name="Source">Where the lists came from.</param>
/// <param name="Model">The model that ranked them.</param>
/// <param name="Experiment">The experiment that the users took part in.</param>
/// <param name="Variant">Their variant of it.</param>
/// <param name="Type">The type of event.</param>
/// <param name="Lists">Lists of which an item was on screen.</param>
/// <param name="Impressions">Items that were on screen.</param>
/// <param name="Clicks">Clicks attributed to the lists.</param>
/// <param name="Conversions">Conversions attributed to the lists.</param>
/// <param name="Users">Users, without those who were erased.</param>
/// <param name="Revenue">Exact amounts by currency; <c>none</c> where events named none.</param>
/// <param name="Ctr">Clicks per impression.</param>
/// <param name="ConversionRate">Conversions per list.</param>
/// <param name="RepeatRate">The share of impressions of items that the user had been shown before.</param>
/// <param name="Items">Different items on screen; null by segment, since items are counted over all users.</param>
/// <param name="Coverage">The share of the current model's items that were on screen.</param>
/// <param name="Novelty">The mean of −log₂ of an item's share of all impressions: high where rare items are
/// shown.</param>
public sealed record MetricRowDocument(
    string? Day,
    string? Scenario,
    string? Source,
    string? Model,
    string? Experiment,
    string? Variant,
    string? Type,
    long Lists,
    long Impressions,
    long Clicks,
    long Conversions,
    long Users,
    IReadOnlyList<MoneyDocument> Revenue,
    RateDocument Ctr,
    RateDocument ConversionRate,
    double? RepeatRate,
    long? Items,
    double? Coverage,
    double? Novelty)
{
    /// <summary>The value of the users' attribute; absent where none was asked for, and for users without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Segment { get; init; }

    internal static MetricRowDocument From(MetricTable table, MetricRow row)
    {
        string? Of(MetricDimension dimension) =>
            table.By.Index().Where(one => one.Item == dimension).Select(one => row.Group[one.Index]).FirstOrDefault();
        return new(
            Of(MetricDimension.Day),
            Of(MetricDimension.Scenario),
            Of(MetricDimension.Source),
            Of(MetricDimension.Model),
            Of(MetricDimension.Experiment),
            Of(MetricDimension.Variant),
            Of(MetricDimension.Type),
            row.Lists,
            row.Impressions,
            row.Clicks,
            row.Conversions,
            row.Users,
            [.. row.Revenue.Select(one => new MoneyDocument(one.Currency.Value, one.Amount))],
            RateDocument.Of(row.Ctr, row.CtrInterval),
            RateDocument.Of(row.ConversionRate, row.ConversionRateInterval),
            row.RepeatRate,
            row.Items,
            row.Coverage,
            row.Novelty)
        { Segment = table.Segment is null ? null : row.Group[^1] };
    }
}

/// <summary>An amount of money.</summary>
public sealed record MoneyDocument(string Currency, decimal Amount);

/// <summary>A rate and its interval at 95 %, which takes each user for one observation.</summary>
/// <param name="Value">The rate; null where nothing is in the denominator.</param>
/// <param name="Lower">The lower bound; null with fewer than two users.</param>
/// <param name="Upper">The upper bound.</param>
public sealed record RateDocument(double? Value, double? Lower, double? Upper)
{
    internal static RateDocument Of(double? value, Interval? interval) => new(value, interval?.Lower, interval?.Upper);
}

/// <summary>How metrics are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MetricRowDocument))]
public sealed partial class MetricsJson : JsonSerializerContext;
