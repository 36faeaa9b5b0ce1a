using System.CommandLine;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class TrainCommand
{
    private static readonly Option<bool> s_fast = new("--fast")
    {
        Description = "Train in one pass with fixed parameters, instead of choosing them on held-out interactions.",
    };

    private static readonly Option<bool> s_force = new("--force")
    {
        Description = "Make it the current one whatever the gate says.",
    };

    private static readonly Option<bool> s_outOfCore = new("--out-of-core")
    {
        Description = "Train from a temporary file, for logs that do not fit into memory; the parameters are chosen on "
            + "a sample of users.",
    };

    internal static Command Create()
    {
        var train = new Verb(
            "train",
            "Train a model on the log, measure it on the newest interactions, and make it the current one if it is "
                + "not worse.",
            "recommend train --as-of 2010-12-20T18:00:00Z"
        )
        {
            s_fast,
            s_force,
            s_outOfCore,
        }.WorksOn(RunAsync);
        foreach (var step in TrainSteps.All())
            train.Subcommands.Add(step);
        return train;
    }

    internal static Task<GatedModel> TrainAsync(
        Session session,
        bool fast,
        bool force,
        bool outOfCore,
        CancellationToken cancellationToken
    ) =>
        session.Terminal.WithProgressAsync(
            "Training",
            report =>
                session.SendAsync(
                    new TrainModel(
                        fast,
                        force,
                        new Reports<TrainingProgress>(progress => report(progress.Fraction, progress.Stage)),
                        OutOfCore: outOfCore
                    ),
                    cancellationToken
                )
        );

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var trained = await TrainAsync(
            session, parse.GetValue(s_fast), parse.GetValue(s_force), parse.GetValue(s_outOfCore), cancellationToken);
        session.Terminal.Answer(
            ModelDocument.From(trained),
            CliJson.Default.ModelDocument,
            output => ModelDrawings.Draw(output, trained)
        );
        return trained.IsCurrent ? ExitCodes.Done : ExitCodes.Failed;
    }
}
