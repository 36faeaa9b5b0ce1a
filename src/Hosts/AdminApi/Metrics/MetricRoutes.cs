using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Feedback;

namespace Recommendation.AdminApi.Metrics;

/// <summary>Whether recommendations work: lists, clicks, conversions and revenue.</summary>
internal static class MetricRoutes
{
    /// <summary>The orders of items by their names.</summary>
    internal static readonly IReadOnlyDictionary<string, ItemMetricOrder> Orders =
        Enum.GetValues<ItemMetricOrder>()
            .ToDictionary(order => order.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    internal static async Task<MetricsDocument> GetAsync(
        string[]? by, string? segment, string? from, string? to, IMediator mediator, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (first, through) = DaysOf(from, to, time);
        var dimensions = (by ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))
            .Select(name => MetricDimensions.Parse(name) ?? throw ApiProblem.Wrong(
                $"'{name}' is no dimension; by takes {string.Join(", ", MetricDimensions.Names)}, divided by commas."))
            .ToList();
        return MetricsDocument.Of(
            await mediator.Send(new ShowMetrics(first, through, dimensions, segment), cancellationToken));
    }

    internal static async Task<ItemMetricsDocument> ItemsAsync(
        string? from, string? to, string? order, int? n, IMediator mediator, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (first, through) = DaysOf(from, to, time);
        if (!Orders.TryGetValue(order ?? "conversions", out var wanted))
            throw ApiProblem.Wrong($"'{order}' is no order; give {string.Join(", ", Orders.Keys)}.");
        var request = new ShowItemMetrics(first, through, wanted, n ?? ShowItemMetrics.DefaultCount);
        return ItemMetricsDocument.Of(await mediator.Send(request, cancellationToken));
    }

    internal static async Task<ItemDaysDocument> ItemAsync(
        HttpContext context, string id, string? from, string? to, IMediator mediator, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (first, through) = DaysOf(from, to, time);
        var request = new ShowItemDays(PathIds.Item(context, id), first, through);
        return ItemDaysDocument.Of(await mediator.Send(request, cancellationToken));
    }

    private static (DateOnly From, DateOnly Through) DaysOf(string? from, string? to, TimeProvider time)
    {
        var through = DayOf("to", to) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var days = ShowMetrics.DefaultDays - 1;
        return (DayOf("from", from) ?? DateOnly.FromDayNumber(Math.Max(0, through.DayNumber - days)), through);
    }

    private static DateOnly? DayOf(string name, string? text)
    {
        if (text is null)
            return null;
        return DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : throw ApiProblem.Wrong($"{name} is '{text}'; give a day such as 2026-11-30.");
    }
}
