using System.CommandLine;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Ingest;
using Recommendation.Cli.Output;
using Recommendation.Import;

namespace Recommendation.Cli.Commands;

internal static class IngestCommand
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "The file; gzip is recognised." };

    private static readonly Option<string> s_format = new Option<string>("--format")
    {
        Description = "What the file holds; 'auto' looks at its beginning.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "jsonl", "csv", "online-retail");

    private static readonly Option<string> s_dates = new Option<string>("--dates")
    {
        Description = "The order of dates such as 1/2/2010: day/month/year or month/day/year; 'auto' tells it from the whole file.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "dmy", "mdy");

    internal static Command Create() => new Verb(
        "ingest",
        "Append a file's interactions to the log and absorb them into the profiles. Ingesting the file again adds nothing.",
        "recommend ingest events.jsonl.gz")
    {
        s_file,
        s_format,
        s_dates,
    }.Runs(RunAsync);

    private static ReadOptions OptionsOf(ParseResult parse) => new()
    {
        Format = FormatOf(parse.GetRequiredValue(s_format)),
        Dates = parse.GetRequiredValue(s_dates) switch
        {
            "dmy" => DateOrder.DayFirst,
            "mdy" => DateOrder.MonthFirst,
            _ => DateOrder.Auto,
        },
    };

    private static FileFormat FormatOf(string name) => name switch
    {
        "jsonl" => FileFormat.JsonLines,
        "csv" => FileFormat.Csv,
        "online-retail" => FileFormat.OnlineRetail,
        _ => FileFormat.Auto,
    };

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var import = new FileImport(session, parse.GetRequiredValue(s_file), OptionsOf(parse));
        var document = await import.RunAsync(cancellationToken);
        session.Terminal.Answer(document, CliJson.Default.IngestDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }
}
