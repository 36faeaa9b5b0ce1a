using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Recommendation.Application.Feedback;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class MetricsCommand
{
    internal static readonly Option<string> By = new("--by")
    {
        Description = $"What to tell apart, divided by commas: {string.Join(", ", MetricDimensions.Names)}. Default: "
            + $"day.",
        HelpName = "DIMENSIONS",
        DefaultValueFactory = _ => "day",
    };

    internal static readonly Option<DateOnly?> From = Day("--from",
        "The first day (UTC). Default: 28 days with the last one.");
    internal static readonly Option<DateOnly?> To = Day("--to", "The last day (UTC). Default: today.");

    internal static readonly Option<string?> Segment = new("--segment")
    {
        Description = "An attribute of users whose values are told apart, too, such as country.",
        HelpName = "ATTRIBUTE",
    };

    private static readonly Option<bool> s_rebuild = new("--rebuild")
    {
        Description = "Count the whole log anew first; the sums of erased users stay.",
    };

    internal static Command Create() => new Verb(
        "metrics",
        "Show whether recommendations work: lists, impressions, clicks, conversions and revenue.",
        "recommend metrics --by scenario,source --from 2026-11-01")
    {
        By, From, To, Segment, s_rebuild,
    }.WorksOn(RunAsync);

    internal static ShowMetrics Request(Session session, ParseResult parse)
    {
        var through = parse.GetValue(To) ?? DateOnly.FromDateTime(session.Time.GetUtcNow().UtcDateTime);
        var names = parse.GetValue(
            By)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new ShowMetrics(
            parse.GetValue(From) ?? through.AddDays(1 - ShowMetrics.DefaultDays),
            through,
            [
                .. names.Select(name => MetricDimensions.Parse(name) ?? throw new UsageException(
                    $"'{name}' is no dimension; --by takes {string.Join(", ", MetricDimensions.Names)}.")),
            ],
            parse.GetValue(Segment));
    }

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var request = Request(session, parse);
        if (parse.GetValue(s_rebuild))
            await session.SendAsync(new CountFeedback(Rebuild: true), cancellationToken);
        var table = await session.SendAsync(request, cancellationToken);
        session.Terminal.Answer(
            MetricsDocument.Of(table), CliJson.Default.MetricsDocument, output => MetricDrawings.Draw(output, table));
        return ExitCodes.Done;
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DAY",
        CustomParser = result => Parse(name, result),
    };

    private static DateOnly? Parse(string name, ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError($"'{text}' is no day; {name} takes one such as 2026-11-30.");
        return null;
    }
}
