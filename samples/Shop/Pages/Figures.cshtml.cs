using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recommendation.Client;
using Shop.Engines;
using Shop.Visiting;

namespace Shop.Pages;

internal sealed record PlaceRow(
    string Name, long Lists, long Impressions, long Clicks, string Ctr, long Conversions, string Revenue);

internal sealed record VariantRow(
    string Name, long Users, long Lists, long Impressions, long Clicks, string Ctr, string Lift);

internal sealed record ExperimentFigures(string Name, string Verdict, IReadOnlyList<VariantRow> Variants);

/// <summary>What lists led to, and what the experiment shows so far.</summary>
internal sealed class FiguresModel(EngineCalls calls, Crowd crowd, TimeProvider time) : PageModel
{
    private const int Visits = 300;

    internal string? Note { get; private set; }

    internal IReadOnlyList<PlaceRow>? Places { get; private set; }

    internal ExperimentFigures? Experiment { get; private set; }

    public async Task OnGetAsync(string? note, CancellationToken cancellationToken)
    {
        Note = note;
        var places = await calls.FindAsync("v1/metrics?by=scenario", cancellationToken);
        Places = places?["rows"]?.AsArray().Select(row => PlaceOf(row!)).ToList();
        var shown = await calls.FindAsync($"v1/experiments/{SampleData.Experiment}", cancellationToken);
        if (shown?["variants"] is JsonArray variants)
            Experiment = new ExperimentFigures(
                SampleData.Experiment,
                shown["verdict"]!.GetValue<string>(),
                [.. variants.Select(row => VariantOf(row!))]);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            var start = (int)(time.GetUtcNow().ToUnixTimeSeconds() % 1_000_000);
            var (lists, seen, clicks) = await crowd.VisitAsync(Visits, start, cancellationToken);
            return RedirectToPage(new { note = $"{lists} visitors saw {seen} items and clicked {clicks} times." });
        }
        catch (RecommendationApiException problem)
        {
            return RedirectToPage(new { note = problem.Message });
        }
    }

    private static PlaceRow PlaceOf(JsonNode row) => new(
        row["scenario"]?.GetValue<string>() ?? "no list",
        Number(row, "lists"), Number(row, "impressions"), Number(row, "clicks"), Percent(row["ctr"]?["value"]),
        Number(row, "conversions"),
        string.Join(", ", row["revenue"]!.AsArray().Select(money => Money(money!))));

    private static VariantRow VariantOf(JsonNode row) => new(
        row["name"]!.GetValue<string>(),
        Number(row, "users"), Number(row, "lists"), Number(row, "impressions"), Number(row, "clicks"),
        Percent(row["ctr"]),
        row["lift"] is { } lift
            ? $"{Percent(lift["value"])} ({Percent(lift["lower"])} to {Percent(lift["upper"])})"
            : "");

    private static string Money(JsonNode money) => string.Create(
        CultureInfo.InvariantCulture, $"{money["amount"]!.GetValue<double>():0.00} {money["currency"]}");

    private static long Number(JsonNode row, string name) => row[name]!.GetValue<long>();

    private static string Percent(JsonNode? value) =>
        value is null ? "" : value.GetValue<double>().ToString("0.0 %", CultureInfo.InvariantCulture);
}
