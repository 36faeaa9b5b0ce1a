using System.Globalization;
using MediatR;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Feedback;

namespace Recommendation.AdminApi.Metrics;

/// <summary>Whether recommendations work: lists, clicks, conversions and revenue.</summary>
internal static class MetricRoutes
{
    internal static async Task<MetricsDocument> GetAsync(
        string[]? by, string? from, string? to, IMediator mediator, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var through = DayOf("to", to) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = DayOf("from", from) ?? through.AddDays(1 - ShowMetrics.DefaultDays);
        var dimensions = (by ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))
            .Select(name => MetricDimensions.Parse(name) ?? throw ApiProblem.Wrong(
                $"'{name}' is no dimension; by takes {string.Join(", ", MetricDimensions.Names)}, divided by commas."))
            .ToList();
        return MetricsDocument.Of(await mediator.Send(new ShowMetrics(first, through, dimensions), cancellationToken));
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
