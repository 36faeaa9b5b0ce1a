using System.CommandLine;
using Recommendation.Application.Interactions;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Ingest;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;
using Recommendation.Local.Files;
using Recommendation.Modeling.Histories;

namespace Recommendation.Cli.Commands;

internal static class HistoriesCommand
{
    private static readonly Argument<string> s_path = new("FILE") { Description = "The history file." };

    private static readonly Option<string[]> s_from = new("--from")
    {
        Description = "Read these files, in any format that ingest reads, instead of the log; archive objects too.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> s_temporary = new("--temporary")
    {
        Description = "The folder for sorting: about 22 bytes an interaction. Default: the system's.",
        HelpName = "FOLDER",
    };

    internal static Command Create()
    {
        var write = new Verb(
            "write",
            "Write all interactions, grouped by user, as one compact file. It holds personal data.",
            "recommend histories write histories.hist"
        )
        {
            s_path, s_from, s_temporary,
        }.Runs(WriteAsync);
        ReadingOptions.AddTo(write);
        var check = new Verb(
            "check", "Read a whole history file, check it, and say what it holds.",
            "recommend histories check histories.hist"
        ) { s_path };
        // No session: only the file is read.
        check.SetAction((parse, cancellationToken) => Task.FromResult(Check(parse, cancellationToken)));
        return new Verb(
            "histories", "Write and check history files, which training past one machine reads.",
            "recommend histories write histories.hist") { write, check };
    }

    private static async Task<int> WriteAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var path = parse.GetRequiredValue(s_path);
        var totals = await session.Terminal.WithProgressAsync("Writing histories", async report =>
        {
            var unfinished = path + ".unfinished";
            try
            {
                await using (var file = Create(unfinished))
                {
                    var written = await HistoryFileWriter.WriteAsync(
                        await InteractionsAsync(session, parse, cancellationToken), file,
                        parse.GetValue(s_temporary), HistoryFileWriter.DefaultBufferEvents,
                        read => report(0, $"{read:n0} interactions"), cancellationToken);
                    file.Flush(flushToDisk: true);
                    file.Close();
                    DurableMove.File(unfinished, path, overwrite: true);
                    return written;
                }
            }
            catch
            {
                File.Delete(unfinished);
                throw;
            }
        });
        return Answer(session.Terminal, path, totals);
    }

    private static int Check(ParseResult parse, CancellationToken cancellationToken) => Answer(
        new Terminal(parse.GetValue(CommonOptions.Json)),
        parse.GetRequiredValue(s_path),
        HistoryFile.Check(parse.GetRequiredValue(s_path), cancellationToken));

    private static int Answer(Terminal terminal, string path, HistoryTotals totals)
    {
        var document = HistoriesDocument.Of(path, totals);
        terminal.Answer(document, CliJson.Default.HistoriesDocument, output => output.Line(
            $"{path}: {totals.Events:n0} interactions of {totals.Users:n0} users with {totals.Items:n0} items, "
                + $"{document.Bytes:n0} bytes ({document.BytesPerInteraction:0.0} an interaction)."));
        return ExitCodes.Done;
    }

    private static async Task<IAsyncEnumerable<Interaction>> InteractionsAsync(
        Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(s_from) is { Length: > 0 } files)
            return FilesAsync(session, parse, files, cancellationToken);
        return (await session.SendAsync(new ExportInteractions(), cancellationToken)).Interactions;
    }

    private static async IAsyncEnumerable<Interaction> FilesAsync(
        Session session, ParseResult parse, string[] files,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var types = session.Part<EventTypeSettings>();
        foreach (var path in files)
        {
            var file = new LogFile(path, ReadingOptions.Of(parse), types, session.Time.GetUtcNow());
            await foreach (var one in file.ReadAsync(cancellationToken))
                yield return one;
            if (file.Rejected > 0)
                session.Terminal.Warn(
                    $"{file.Rejected:n0} rows of '{path}' can't be used and are left out; {file.FirstRejection}");
        }
    }

    private static FileStream Create(string path)
    {
        try
        {
            return PrivateFiles.Open(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' can't be written: {problem.Message}");
        }
    }
}
