using System.CommandLine;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Training;

namespace Recommendation.Cli.Commands;

internal static class EvaluateCommand
{
    private static readonly Option<string> s_train = new("--train")
    {
        Description = "What to train on: a line `user item item …` for each user.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> s_test = new("--test")
    {
        Description = "What to find, in the same form. It is read after the training, and only to score.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<int> s_cutoff = new("-k") { Description = "How long the lists are.", HelpName = "K", DefaultValueFactory = _ => 20 };

    private static readonly Option<int> s_neighbours = new("--neighbours")
    {
        Description = "How many entries an item's row keeps.",
        HelpName = "N",
        DefaultValueFactory = _ => 500,
    };

    internal static Command Create() => new Verb(
        "evaluate",
        "Measure how good the model is on public data: train on one file, rank all items, find what the other file holds.",
        "recommend evaluate --train train.txt --test test.txt -k 20 --json")
    {
        s_train, s_test, s_cutoff, s_neighbours,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var options = new EvaluationOptions
        {
            Cutoff = parse.GetValue(s_cutoff),
            Training = new ModelTrainerOptions { NeighboursPerItem = parse.GetValue(s_neighbours) },
        };
        var report = await session.Terminal.WithProgressAsync("Evaluating", progress => ModelEvaluation.OfSplitFilesAsync(
            parse.GetRequiredValue(s_train), parse.GetRequiredValue(s_test), options, TimeProvider.System,
            new Reports<TrainingProgress>(training => progress(training.Fraction, training.Stage)), cancellationToken));
        var document = ToDocument(report);
        session.Terminal.Answer(document, CliJson.Default.EvaluationDocument, output => Drawings.Draw(output, document));
        return ExitCodes.Done;
    }

    private static EvaluationDocument ToDocument(EvaluationReport report) => new(
        report.Cutoff, report.Overall.Users, report.Overall.Recall, report.Overall.Ndcg, report.Overall.HitRate, report.Overall.ReciprocalRank,
        [report.Overall.RecallInterval.Low, report.Overall.RecallInterval.High], [report.Overall.NdcgInterval.Low, report.Overall.NdcgInterval.High],
        report.Coverage, report.Novelty, Math.Round(report.TrainSeconds, 2), Math.Round(report.MicrosecondsPerUser, 1),
        Math.Round(report.PeakMemoryBytes / 1e6), report.Parameters,
        [.. report.Segments.Select(segment => new EvaluatedSegmentDocument(segment.Key, segment.Value.Users, segment.Value.Recall, segment.Value.Ndcg))]);
}
