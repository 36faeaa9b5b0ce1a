using System.CommandLine;
using Recommendation.Application.Batches;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Batches;

namespace Recommendation.Cli.Commands;

internal static class BatchCommand
{
    private static readonly Argument<string> s_run = new("RUN")
    {
        Description = "The run's id; see `recommend batch list`."
    };

    private static readonly Option<string?> s_id = new("--id")
    {
        Description = "The run's id. Default: made of the time.",
        HelpName = "RUN"
    };

    internal static Command Create() => new Verb(
        "batch",
        "Give every active user a list: start, watch and resume batch runs.",
        "recommend batch run --as-of 2010-12-20T18:00:00Z")
    {
        new Verb(
            "run",
            "Start a run over all users active in the last 30 days.",
            "recommend batch run --id nightly-2026-01-31"
        ) { s_id }.WorksOn(StartAsync),
        new Verb("list", "List the latest runs.", "recommend batch list -n 5") { CommonOptions.Count }
            .WorksOn(ListAsync),
        new Verb(
            "show",
            "Show a run and its segments.",
            "recommend batch show scheduled-2026-01-31"
        ) { s_run }.WorksOn(ShowAsync),
        new Verb(
            "resume",
            "Go on with a run that was cancelled or died.",
            "recommend batch resume scheduled-2026-01-31"
        ) { s_run }.WorksOn(ResumeAsync),
        new Verb(
            "cancel",
            "Stop a run after the segments being ranked.",
            "recommend batch cancel scheduled-2026-01-31"
        ) { s_run }.WorksOn(CancelAsync),
    };

    internal static async Task<BatchRun> RunAsync(
        Session session,
        BatchRunId id,
        CancellationToken cancellationToken
    ) =>
        await session.Terminal.WithProgressAsync($"Run {id}", report => session.SendAsync(
            new RunBatch(id, Progress: new Reports<BatchProgress>(progress =>
                report(progress.UsersDone / (double)Math.Max(1, progress.Users), $"{progress.UsersDone:n0} of "
                    + $"{progress.Users:n0} users"))),
            cancellationToken));

    private static async Task<int> StartAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        // Named by the clock even with --as-of: two runs as of the same time are two runs.
        var id = parse.GetValue(s_id) is { } text
            ? UsageException.Run(text)
            : BatchRunId.Manual(TimeProvider.System.GetUtcNow());
        return Answer(session, await RunAsync(session, id, cancellationToken));
    }

    private static async Task<int> ResumeAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var id = UsageException.Run(parse.GetRequiredValue(s_run));
        // a run that does not exist is a mistake here, not a new run
        await session.SendAsync(new ShowBatch(id), cancellationToken);
        return Answer(session, await RunAsync(session, id, cancellationToken));
    }

    private static int Answer(Session session, BatchRun run)
    {
        session.Terminal.Answer(
            BatchDocument.From(run),
            CliJson.Default.BatchDocument,
            output => Drawings.Draw(output, run)
        );
        if (run is { State: BatchState.Completed, Users: 0 })
            session.Terminal.Warn(
                $"No user was active between {run.Cutoff:yyyy-MM-dd} and {run.StartedAt:yyyy-MM-dd}; for older data "
                    + "give --as-of."
            );
        return run.Counts.Failed > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<int> ListAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var listed = await session.SendAsync(new ListBatches(parse.GetValue(CommonOptions.Count)), cancellationToken);
        session.Terminal.Answer(
            listed.ToDocument(),
            CliJson.Default.BatchesDocument,
            output => Drawings.Draw(output, listed)
        );
        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var shown = await session.SendAsync(
            new ShowBatch(UsageException.Run(parse.GetRequiredValue(s_run))),
            cancellationToken
        );
        session.Terminal.Answer(
            BatchDetailDocument.From(shown),
            CliJson.Default.BatchDetailDocument,
            output => Drawings.Draw(output, shown)
        );
        return ExitCodes.Done;
    }

    private static async Task<int> CancelAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var run = await session.SendAsync(
            new CancelBatch(UsageException.Run(parse.GetRequiredValue(s_run))),
            cancellationToken
        );
        session.Terminal.Answer(
            BatchDocument.From(run),
            CliJson.Default.BatchDocument,
            output => Drawings.Draw(output, run)
        );
        return ExitCodes.Done;
    }
}
