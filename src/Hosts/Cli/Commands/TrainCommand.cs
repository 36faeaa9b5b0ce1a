using System.CommandLine;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;

namespace Recommendation.Cli.Commands;

internal static class TrainCommand
{
    internal static Command Create() => new Verb(
        "train",
        "Train a model on the log and make it the current one.",
        "recommend train --as-of 2010-12-20T18:00:00Z").Runs(RunAsync);

    internal static Task<ModelDescription> TrainAsync(Session session, CancellationToken cancellationToken) =>
        session.Terminal.WithProgressAsync("Training", report => session.SendAsync(
            new TrainModel(new Reports<TrainingProgress>(progress => report(progress.Fraction, progress.Stage))), cancellationToken));

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var model = await TrainAsync(session, cancellationToken);
        session.Terminal.Answer(model.ToDocument(), CliJson.Default.ModelDocument, output => Drawings.Draw(output, model));
        return ExitCodes.Done;
    }
}
