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

    internal static Command Create() => new Verb(
        "train",
        "Train a model on the log and make it the current one.",
        "recommend train --as-of 2010-12-20T18:00:00Z")
    {
        s_fast,
    }.Runs(RunAsync);

    internal static Task<ModelDescription> TrainAsync(Session session, bool fast, CancellationToken cancellationToken) =>
        session.Terminal.WithProgressAsync("Training", report => session.SendAsync(
            new TrainModel(fast, new Reports<TrainingProgress>(progress => report(progress.Fraction, progress.Stage))), cancellationToken));

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var model = await TrainAsync(session, parse.GetValue(s_fast), cancellationToken);
        session.Terminal.Answer(model.ToDocument(), CliJson.Default.ModelDocument, output => Drawings.Draw(output, model));
        return ExitCodes.Done;
    }
}
