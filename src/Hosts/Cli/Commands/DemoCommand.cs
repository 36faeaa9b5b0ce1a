using System.CommandLine;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Ingest;
using Recommendation.Cli.Output;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Profiles;
using Recommendation.Import;

namespace Recommendation.Cli.Commands;

/// <summary>The whole way on real data: ingest, train, nightly run, recommendations with names and reasons.</summary>
internal static class DemoCommand
{
    internal static Command Create()
    {
        var command = new Verb(
            "demo",
            "Run the whole way on three weeks of a real shop (UCI Online Retail): ingest, train, nightly run, "
                + "recommendations. Run it again: nothing is counted twice.",
            "recommend demo --data ./data")
        {
            CommonOptions.Count,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(CommonOptions.Platform) is "aws")
            throw new UsageException(
                "The demo runs on one machine; for AWS see `recommend platform init` and `recommend ingest FILE`."
            );
        var sample = Path.Combine(AppContext.BaseDirectory, "samples", "online-retail-2010-12.csv.gz");
        var (ingest, newest) = await IngestAsync(parse, sample, cancellationToken);

        // The sample is from 2010: now is the time of its newest interaction, or nobody would be active.
        var asOf = parse.GetValue(CommonOptions.AsOf) ?? newest;
        await using var session = Session.Open(parse, asOf);
        var (profiles, interactions, user) = await CountAsync(session, cancellationToken);
        session.Terminal.Say($"[bold]Profiles[/]  {profiles:n0} users, {interactions:n0} interactions counted");

        var trained = await TrainCommand.TrainAsync(
            session, fast: true, force: true, outOfCore: false, cancellationToken);
        session.Terminal.Say(
            $"[bold]Model[/]     {trained.Model.Version}: {trained.Model.Items:n0} items, "
                + $"{trained.Model.ArtefactBytes / 1024.0:n0} KiB"
        );

        var run = await BatchCommand.RunAsync(
            session,
            BatchRunId.Manual(TimeProvider.System.GetUtcNow()),
            cancellationToken
        );
        session.Terminal.Say(
            $"[bold]Run[/]       {run.Counts.Active:n0} active = {run.Counts.Ranked:n0} ranked + "
                + $"{run.Counts.Fallback:n0} fallback + {run.Counts.Failed:n0} failed + {run.Counts.Skipped:n0} skipped"
        );

        // A look, which has no id: a demo that is run twice shows the same.
        var look = new Recommend(user, parse.GetValue(CommonOptions.Count)) { IsPreview = true };
        var list = await session.SendAsync(look, cancellationToken);
        var document = new DemoDocument(
            ingest,
            profiles,
            interactions,
            ModelDocument.From(trained),
            BatchDocument.From(run),
            list.ToDocument()
        );
        session.Terminal.Answer(
            document,
            CliJson.Default.DemoDocument,
            output => Drawings.Draw(output, list, $"For {user}, the busiest customer")
        );
        session.Terminal.Say(
            $"Look further: [bold]recommend[/] profile {user} · similar {list.Items[0].ItemId} · batch list · --help "
                + $"(from source: dotnet run -c Release --project src/Hosts/Cli -- …)"
        );
        return run.Counts.Failed > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<(IngestDocument Ingest, DateTimeOffset Newest)> IngestAsync(
        ParseResult parse, string sample, CancellationToken cancellationToken)
    {
        await using var session = Session.Open(parse);
        session.Terminal.Say($"[bold]Sample[/]    UCI Online Retail, 1–20 December 2010 (Chen 2015, CC BY 4.0)");
        var import = new FileImport(session, sample, new ReadOptions { Format = FileFormat.OnlineRetail });
        var ingest = await import.RunAsync(cancellationToken);
        session.Terminal.Say(
            $"[bold]Ingest[/]    {ingest.Rows:n0} rows: {ingest.Appended:n0} new interactions, "
                + $"{ingest.Duplicates:n0} already known; skipped: "
                + $"{string.Join(", ", ingest.Skipped.Select(reason => $"{reason.Value:n0} {reason.Key}"))}"
        );
        return (
            ingest,
            import.Newest ?? throw new InputException("The sample holds no interaction; build again to restore it.")
        );
    }

    private static async Task<(long Profiles, long Interactions, Domain.Interactions.UserId Busiest)> CountAsync(
        Session session, CancellationToken cancellationToken)
    {
        var (profiles, interactions) = (0L, 0L);
        UserProfile? busiest = null;
        await foreach (
            var profile in (await session.SendAsync(new ExportProfiles(), cancellationToken)).Profiles.WithCancellation(
                cancellationToken
            )
        )
        {
            profiles++;
            interactions += profile.InteractionCount;
            if (
                busiest is null
                || (profile.InteractionCount, busiest.UserId.Value).CompareTo(
                    (busiest.InteractionCount, profile.UserId.Value)
                ) > 0
            )
                busiest = profile;
        }
        return (
            profiles,
            interactions,
            busiest?.UserId
                ?? throw new RefusedException(
                    "The log holds interactions but there are no profiles; run `recommend rebuild`."
                )
        );
    }
}
