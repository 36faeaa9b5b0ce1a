using System.CommandLine;
using Microsoft.Extensions.Options;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Ingest;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Trainers;

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

    private static readonly Option<int> s_cutoff = new("-k")
    {
        Description = "How long the lists are.",
        HelpName = "K",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<string?> s_sequences = new("--sequences")
    {
        Description =
            "A line `user item item …` for each user, the oldest item first; the last items are hidden, and to be "
                + "found.",
        HelpName = "FILE",
    };

    private static readonly Option<int> s_leaveOut = new("--leave-out")
    {
        Description = "With --sequences: how many of each user's last items are hidden.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> s_stored = new("--stored")
    {
        Description = "Measure the lists of the last batch run on what their users came to since.",
    };

    private static readonly Option<string?> s_model = new("--model")
    {
        Description = "A published model to measure instead of training one; see `recommend models list`.",
        HelpName = "VERSION",
    };

    private static readonly int[] s_sequenceCutoffs = [5, 10, 20];

    private static readonly Option<bool> s_baselines = new("--baselines")
    {
        Description = "Also train and test popularity, item-kNN, EASE where it fits, and the model without order.",
    };

    private static readonly Option<bool> s_allowRepeats = new("--allow-repeats")
    {
        Description = "Items of the history are ranked too, and count where the user comes back to them.",
    };

    private static readonly Option<int?> s_neighbours = new("--neighbours")
    {
        Description =
            "How many entries an item's row keeps. Default: model.neighboursPerItem of the settings, as for every "
                + "training.",
        HelpName = "N",
    };

    internal static Command Create()
    {
        var verb = new Verb(
            "evaluate",
            "Measure how good the model is: train on one part of the data, rank all items, find what the other part "
                + "holds.",
            "recommend evaluate --log interactions.csv --holdout 0.2 -k 10 --baselines")
        {
            s_log,
            s_holdout,
            EvaluateCold.Share,
            EvaluateCold.Items,
            s_train,
            s_test,
            s_sequences,
            s_leaveOut,
            s_stored,
            s_model,
            s_cutoff,
            s_baselines,
            s_allowRepeats,
            s_neighbours,
        };
        ReadingOptions.AddTo(verb);
        return verb.Runs(RunAsync);
    }

    /// <summary>As the settings have it, unless the command line says otherwise.</summary>
    private static ModelTrainerOptions TrainingOf(Session session, ParseResult parse)
    {
        var training = session.Part<IOptions<ModelTrainerOptions>>().Value;
        training.NeighboursPerItem = parse.GetValue(s_neighbours) ?? training.NeighboursPerItem;
        training.AllowRepeats |= parse.GetValue(s_allowRepeats);
        return training;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (log, train, test) = (parse.GetValue(s_log), parse.GetValue(s_train), parse.GetValue(s_test));
        var sequences = parse.GetValue(s_sequences);
        if (
            (parse.GetValue(s_stored) || parse.GetValue(s_model) is not null)
            && parse.GetValue(CommonOptions.Platform) is not "aws"
        )
            ExistingData.Require(parse.GetValue(CommonOptions.Data)!);
        if (parse.GetValue(s_stored))
        {
            if (
                log is not null
                || train is not null
                || test is not null
                || sequences is not null
                || parse.GetValue(s_model) is not null
            )
                throw new UsageException(
                    "Give --stored alone: it measures the lists that are stored, not a file or a model."
                );
            return await StoredAsync(session, parse, cancellationToken);
        }
        if ((train is null) != (test is null) || new[] { log, train, sequences }.Count(given => given is not null) != 1)
            throw new UsageException("Give --stored, --log FILE, --sequences FILE, or --train FILE and --test FILE.");
        EvaluateCold.Check(parse, log is not null);
        var cutoffs = sequences is null
            ? []
            : s_sequenceCutoffs.Append(parse.GetValue(s_cutoff)).Distinct().Order().ToArray();
        var options = new EvaluationOptions
        {
            Cutoff = sequences is null ? parse.GetValue(s_cutoff) : cutoffs[^1],
            OtherCutoffs = cutoffs,
            TestShare = parse.GetValue(s_holdout),
            Baselines = parse.GetValue(s_baselines),
            Training = TrainingOf(session, parse),
        };
        var types = session.Part<EventTypeSettings>();
        var events = log is null ? null : new LogFile(log, ReadingOptions.Of(parse), types, session.Time.GetUtcNow());
        if (events is not null && parse.GetValue(EvaluateCold.Share) is not null)
            return await EvaluateCold.RunAsync(session, parse, options, events, cancellationToken);
        await using var artefact = parse.GetValue(s_model) is { } version
            ? await session.SendAsync(new OpenModel(UsageException.Model(version)), cancellationToken)
            : null;
        var report = await session.Terminal.WithProgressAsync("Evaluating", progress =>
        {
            var evaluation = new ModelEvaluation(
                types, options, TimeProvider.System,
                new Reports<TrainingProgress>(training => progress(training.Fraction, training.Stage)))
            {
                Artefact = artefact,
            };
            if (sequences is not null)
                return evaluation.OfSequencesAsync(sequences, parse.GetValue(s_leaveOut), cancellationToken);
            return events is null
                ? evaluation.OfSplitFilesAsync(train!, test!, cancellationToken)
                : evaluation.OfLogAsync(events.ReadAsync(cancellationToken), cancellationToken);
        });
        if (events?.FirstRejection is { } rejection)
            session.Terminal.Warn($"{events.Rejected} rows were left out; the first: {rejection}");
        if (report.KnewTheTest)
            session.Terminal.Warn(
                "The model was trained on some of the interactions that it was tested on, so the figures are too high."
            );
        var document = EvaluationDocuments.Of(report);
        session.Terminal.Answer(
            document,
            CliJson.Default.EvaluationDocument,
            output => EvaluationDrawing.Draw(output, document)
        );
        return ExitCodes.Done;
    }

    private static async Task<int> StoredAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        // What is shown is what is measured unless the length is given.
        var cutoff = parse.GetResult(s_cutoff) is { Implicit: false }
            ? parse.GetValue(s_cutoff)
            : RankedItems.DefaultShown;
        var quality = await session.SendAsync(new EvaluateStoredLists(cutoff), cancellationToken);
        if (!quality.IsTelling)
            session.Terminal.Warn(
                $"Only {quality.Users} users with a list came to something new since; {ModelGate.FewestUsers} are "
                    + "needed for figures that mean something."
            );
        var document = EvaluationDocuments.Of(quality);
        session.Terminal.Answer(
            document,
            CliJson.Default.StoredListsDocument,
            output => EvaluationDrawing.Draw(output, document)
        );
        return ExitCodes.Done;
    }
}
