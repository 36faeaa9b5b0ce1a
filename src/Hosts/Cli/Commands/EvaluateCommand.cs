using System.CommandLine;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Ingest;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Training;

namespace Recommendation.Cli.Commands;

internal static class EvaluateCommand
{
    private static readonly Option<string?> s_train = new("--train")
    {
        Description = "What to train on: a line `user item item …` for each user. With --test.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_test = new("--test")
    {
        Description = "What to find, in the same form. It is read after the training, and only to score.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_log = new("--log")
    {
        Description = "Interactions in any format that ingest reads, to be split by time.",
        HelpName = "FILE",
    };

    private static readonly Option<double> s_holdout = new("--holdout")
    {
        Description = "With --log: what share of the interactions, the newest, is held out and to be found.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => 0.2,
    };

    private static readonly Option<int> s_cutoff = new("-k") { Description = "How long the lists are.", HelpName = "K", DefaultValueFactory = _ => 20 };

    private static readonly Option<bool> s_baselines = new("--baselines")
    {
        Description = "Also train and test popularity, item-kNN, EASE where it fits, and the model without order.",
    };

    private static readonly Option<bool> s_allowRepeats = new("--allow-repeats")
    {
        Description = "Items of the history are ranked too, and count where the user comes back to them.",
    };

    private static readonly Option<int> s_neighbours = new("--neighbours")
    {
        Description = "How many entries an item's row keeps.",
        HelpName = "N",
        DefaultValueFactory = _ => 500,
    };

    internal static Command Create() => new Verb(
        "evaluate",
        "Measure how good the model is: train on one part of the data, rank all items, find what the other part holds.",
        "recommend evaluate --log interactions.csv --holdout 0.2 -k 10 --baselines")
    {
        s_log, s_holdout, s_train, s_test, s_cutoff, s_baselines, s_allowRepeats, s_neighbours,
    }.Runs(RunAsync);

    /// <summary>As the settings have it, unless the command line says otherwise.</summary>
    private static ModelTrainerOptions TrainingOf(Session session, ParseResult parse)
    {
        var training = session.Part<IOptions<ModelTrainerOptions>>().Value;
        if (parse.GetResult(s_neighbours) is { Implicit: false })
            training.NeighboursPerItem = parse.GetValue(s_neighbours);
        training.AllowRepeats |= parse.GetValue(s_allowRepeats);
        return training;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (log, train, test) = (parse.GetValue(s_log), parse.GetValue(s_train), parse.GetValue(s_test));
        if (log is null ? train is null || test is null : train is not null || test is not null)
            throw new UsageException("Give either --log FILE, or --train FILE and --test FILE.");
        var options = new EvaluationOptions
        {
            Cutoff = parse.GetValue(s_cutoff),
            TestShare = parse.GetValue(s_holdout),
            Baselines = parse.GetValue(s_baselines),
            Training = TrainingOf(session, parse),
        };
        var types = session.Part<EventTypeSettings>();
        var events = log is null ? null : new LogFile(log, types, session.Time.GetUtcNow());
        var report = await session.Terminal.WithProgressAsync("Evaluating", progress =>
        {
            var evaluation = new ModelEvaluation(
                types, options, TimeProvider.System,
                new Reports<TrainingProgress>(training => progress(training.Fraction, training.Stage)));
            return events is null
                ? evaluation.OfSplitFilesAsync(train!, test!, cancellationToken)
                : evaluation.OfLogAsync(events.ReadAsync(cancellationToken), cancellationToken);
        });
        if (events?.FirstRejection is { } rejection)
            session.Terminal.Warn($"{events.Rejected} rows were left out; the first: {rejection}");
        var document = EvaluationDocuments.Of(report);
        session.Terminal.Answer(document, CliJson.Default.EvaluationDocument, output => EvaluationDrawing.Draw(output, document));
        return ExitCodes.Done;
    }
}
