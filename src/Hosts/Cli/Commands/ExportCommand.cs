using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Recommendation.Application.Feedback;
using Recommendation.Application.Interactions;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Export;
using Recommendation.Local.Files;

namespace Recommendation.Cli.Commands;

internal static class ExportCommand
{
    private static readonly Option<string> s_format = new Option<string>("--format")
    {
        Description = "JSON Lines, CSV or Parquet; in tables a list has a row for each item.",
        DefaultValueFactory = _ => "jsonl",
    }.AcceptOnlyFromAmong("jsonl", "csv", "parquet");

    private static readonly Option<string?> s_output = new("--output", "-o")
    {
        Description = "The file to write. Default: standard output.",
        HelpName = "FILE",
    };

    internal static Command Create() =>
        new Verb(
            "export",
            "Write interactions, profiles, recommendations or metrics as JSON Lines, CSV or Parquet.",
            "recommend export profiles > profiles.jsonl"
        )
        {
            new Verb(
                "interactions",
                "Write every interaction of the log; `ingest` reads the file back.",
                "recommend export interactions --format parquet -o interactions.parquet"
            )
            {
                s_format,
                s_output,
            }.WorksOn(InteractionsAsync),
            new Verb("profiles", "Write every profile.", "recommend export profiles | gzip > profiles.jsonl.gz")
            {
                s_format,
                s_output,
            }.WorksOn(ProfilesAsync),
            new Verb(
                "recommendations",
                "Write every stored list.",
                "recommend export recommendations --format csv > lists.csv"
            )
            {
                s_format,
                s_output,
            }.WorksOn(ListsAsync),
            new Verb(
                "metrics",
                "Write the metrics of days; counts are in a row's first currency alone, so that columns can be added "
                    + "up.",
                "recommend export metrics --by day,source --format parquet -o metrics.parquet"
            )
            {
                MetricsCommand.By,
                MetricsCommand.From,
                MetricsCommand.To,
                s_format,
                s_output,
            }.WorksOn(MetricsAsync),
        };

    private static async Task<int> MetricsAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var table = MetricsDocument.Of(
            await session.SendAsync(MetricsCommand.Request(session, parse), cancellationToken));
        return await WriteAsync(parse, output => Format(parse) is "jsonl"
            ? LinesAsync(Json(table.Rows.ToAsyncEnumerable(), MetricsJson.Default.MetricRowDocument), output,
                cancellationToken)
            : TableAsync(
                Format(parse), ExportedMetrics.Of(table).ToAsyncEnumerable(), MetricTables.Metrics, output,
                cancellationToken));
    }

    private static async Task<int> InteractionsAsync(
        Session session,
        ParseResult parse,
        CancellationToken cancellationToken
    )
    {
        var exported = await session.SendAsync(new ExportInteractions(), cancellationToken);
        return await WriteAsync(parse, output => Format(parse) is "jsonl"
            ? LinesAsync(exported.Interactions.Select(EventEncoder.Encode), output, cancellationToken)
            : TableAsync(Format(parse), exported.Interactions, ExportTables.Interactions, output, cancellationToken));
    }

    private static async Task<int> ProfilesAsync(
        Session session,
        ParseResult parse,
        CancellationToken cancellationToken
    )
    {
        var exported = await session.SendAsync(new ExportProfiles(), cancellationToken);
        return await WriteAsync(
            parse,
            output =>
                Format(parse) is "jsonl"
                    ? LinesAsync(
                        Json(exported.Profiles.Select(ProfileDocument.From), ProfileJson.Default.ProfileDocument),
                        output,
                        cancellationToken
                    )
                    : TableAsync(Format(parse), exported.Profiles, ExportTables.Profiles, output, cancellationToken)
        );
    }

    private static async Task<int> ListsAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var exported = await session.SendAsync(new ExportRecommendations(), cancellationToken);
        return await WriteAsync(
            parse,
            output =>
                Format(parse) is "jsonl"
                    ? LinesAsync(
                        Json(
                            exported.Lists.Select(RecommendationDocument.From),
                            RecommendationJson.Default.RecommendationDocument
                        ),
                        output,
                        cancellationToken
                    )
                    : TableAsync(
                        Format(parse),
                        exported.Lists.SelectMany(list => ListedItem.Of(list)),
                        ExportTables.Lists,
                        output,
                        cancellationToken
                    )
        );
    }

    private static string Format(ParseResult parse) => parse.GetRequiredValue(s_format);

    private static IAsyncEnumerable<byte[]> Json<T>(IAsyncEnumerable<T> documents, JsonTypeInfo<T> type) =>
        documents.Select(document => JsonSerializer.SerializeToUtf8Bytes(document, type));

    private static async Task LinesAsync(
        IAsyncEnumerable<byte[]> lines,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(line, cancellationToken);
            output.WriteByte((byte)'\n');
        }
    }

    private static Task TableAsync<T>(
        string format,
        IAsyncEnumerable<T> rows,
        IReadOnlyList<TableColumn<T>> columns,
        Stream output,
        CancellationToken cancellationToken
    ) =>
        format is "csv"
            ? CsvTableWriter.WriteAsync(rows, columns, output, cancellationToken)
            : ParquetTableWriter.WriteAsync(rows, columns, output, cancellationToken);

    /// <exception cref="UsageException">Parquet would go to a terminal, or the file can't be written.</exception>
    private static async Task<int> WriteAsync(ParseResult parse, Func<Stream, Task> write)
    {
        var path = parse.GetValue(s_output);
        if (path is null && Format(parse) is "parquet" && !Console.IsOutputRedirected)
            throw new UsageException("Parquet is no text for a terminal; name a file with --output FILE.");
        if (path is null)
        {
            await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            await write(output);
            return ExitCodes.Done;
        }
        await using var file = Create(path);
        try
        {
            await write(file);
        }
        catch
        {
            // Half a file would pass for a whole one.
            File.Delete(path);
            throw;
        }
        return ExitCodes.Done;
    }

    /// <summary>Only for the user who exports: the rows are personal data.</summary>
    private static FileStream Create(string path)
    {
        try
        {
            return PrivateFiles.Open(
                path,
                FileMode.Create,
                FileAccess.ReadWrite,
                FileShare.Read,
                bufferSize: 1 << 16
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' can't be written: {problem.Message}");
        }
    }
}
