using System.CommandLine;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Ingest;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;

namespace Recommendation.Cli.Commands;

internal static class IngestCommand
{
    private static readonly Argument<string> s_file = new("FILE")
    {
        Description = "The file; gzip and zip are recognised.",
    };

    private static readonly Option<bool> s_check = new("--check")
    {
        Description = "Read the whole file and say what ingesting it would do, without writing anything.",
    };

    internal static Command Create()
    {
        var verb = new Verb(
            "ingest",
            "Append a file's interactions to the log and apply them into the profiles. Ingesting the file again "
                + "adds nothing.",
            "recommend ingest events.jsonl.gz")
        {
            s_file,
            s_check,
        };
        ReadingOptions.AddTo(verb);
        return verb.Runs(RunAsync);
    }

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (path, options) = (parse.GetRequiredValue(s_file), ReadingOptions.Of(parse));
        if (parse.GetValue(s_check))
            return await CheckAsync(
                session,
                new FileCheck(path, options, session.Part<EventTypeSettings>(), session.Time.GetUtcNow()),
                cancellationToken
            );
        var import = new FileImport(session, path, options);
        var document = await import.RunAsync(cancellationToken);
        session.Terminal.Answer(document, CliJson.Default.IngestDocument, output => Drawings.Draw(output, document));
        // A file of which nothing could be used is most likely of another format.
        return document is { Rejected: > 0, Appended: 0, Duplicates: 0, Items: 0 } ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<int> CheckAsync(Session session, FileCheck check, CancellationToken cancellationToken)
    {
        var document = await session.Terminal.WithProgressAsync(
            "Checking",
            report =>
                Task.Run(() => check.Run(fraction => report(fraction, null), cancellationToken), cancellationToken)
        );
        session.Terminal.Answer(
            document,
            CliJson.Default.FileCheckDocument,
            output => FileCheckDrawing.Draw(output, document)
        );
        return document.IsUsable ? ExitCodes.Done : ExitCodes.Failed;
    }
}
