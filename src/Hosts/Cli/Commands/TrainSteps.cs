using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Options;
using Recommendation.Application.Items;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;
using Recommendation.Local;
using Recommendation.Local.Files;
using Recommendation.Modeling.RowBlocks;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Training;

namespace Recommendation.Cli.Commands;

/// <summary>A training in steps, whose workers share a history file and a folder: for any scheduler.</summary>
internal static class TrainSteps
{
    private static readonly Argument<string> s_histories = new("HISTORIES")
    {
        Description = "The history file; the same one in every step. See `recommend histories write`.",
    };

    private static readonly Option<string> s_folder = new("--folder")
    {
        Description = "The folder that the steps share. It holds the plan and the rows.",
        HelpName = "FOLDER",
        Required = true,
    };

    private static readonly Option<bool> s_fast = new("--fast")
    {
        Description = "Use fixed parameters, instead of choosing them on held-out interactions.",
    };

    private static readonly Option<RowRange?> s_part = new("--part")
    {
        Description = "Which part of the rows: its number from 0, and how many parts there are, such as 3/100.",
        HelpName = "I/N",
        CustomParser = Part,
    };

    private static readonly Option<RowRange?> s_rows = new("--rows")
    {
        Description = "Which rows, such as 2000..4000; the last one is left out.",
        HelpName = "FROM..TO",
        CustomParser = Rows,
    };

    private static readonly Option<string> s_to = new("--to")
    {
        Description = "Where to write the model.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "model.tar.gz",
    };

    internal static IEnumerable<Verb> All() =>
    [
        new Verb(
            "plan",
            "Choose the parameters, and prepare a folder for workers that make the rows. Rows in it are deleted.",
            "recommend train plan histories.hist --folder shared") { s_histories, s_folder, s_fast }.Runs(PlanAsync),
        new Verb(
            "rows",
            "Make some rows of a planned model. Workers need nothing of each other; a row may be made again.",
            "recommend train rows histories.hist --folder shared --part 3/100")
        {
            s_histories, s_folder, s_part, s_rows,
        }.Runs(RowsAsync),
        new Verb(
            "merge",
            "Join all rows to a model, for `recommend models gate --artefact`.",
            "recommend train merge histories.hist --folder shared --to model.tar.gz")
        {
            s_histories, s_folder, s_to,
        }.Runs(MergeAsync),
    ];

    private static async Task<int> PlanAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var folder = parse.GetRequiredValue(s_folder);
        var planned = await session.Terminal.WithProgressAsync("Planning", report => Task.Run(
            () => Training(session, parse).PlanAsync(
                parse.GetRequiredValue(s_histories), session.Time.GetUtcNow(), parse.GetValue(s_fast),
                (stage, done) => report(done, stage), cancellationToken),
            cancellationToken));
        var document = new RowPlanAnswer(folder, planned.Items, planned.Users, planned.Interactions, planned.Metrics);
        session.Terminal.Answer(document, CliJson.Default.RowPlanAnswer, output => output.Line(
            $"'{folder}' is planned: {planned.Items:n0} rows from {planned.Interactions:n0} interactions of "
                + $"{planned.Users:n0} users. Make them with recommend train rows."));
        return ExitCodes.Done;
    }

    private static async Task<int> RowsAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var (folder, part, rows) = (parse.GetRequiredValue(s_folder), parse.GetValue(s_part), parse.GetValue(s_rows));
        if ((part is null) == (rows is null))
            throw new UsageException("Say which rows to make, with either --part, such as 0/4, or --rows.");
        var (from, to) = await session.Terminal.WithProgressAsync("Making rows", report => Task.Run(
            () => Training(session, parse).RowsAsync(
                parse.GetRequiredValue(s_histories), (part ?? rows)!, (stage, done) => report(done, stage),
                cancellationToken),
            cancellationToken));
        session.Terminal.Answer(new(folder, from, to), CliJson.Default.MadeRowsAnswer, output =>
        {
            if (from == to)
                output.Line($"There are more parts than rows, so this part has none.");
            else
                output.Line($"Rows {from}..{to} are in '{folder}'.");
        });
        return ExitCodes.Done;
    }

    private static async Task<int> MergeAsync(Session session, ParseResult parse, CancellationToken cancellationToken)
    {
        var path = parse.GetRequiredValue(s_to);
        await using var model = await session.Terminal.WithProgressAsync("Merging", report => Task.Run(
            () => Training(session, parse).MergeAsync(
                parse.GetRequiredValue(s_histories), Catalogue(session, parse),
                new Reports<TrainingProgress>(progress => report(progress.Fraction, progress.Stage)),
                cancellationToken),
            cancellationToken));
        await WriteAsync(model.Artefact, path, cancellationToken);
        var document = MergedModelAnswer.Of(path, model.Description);
        session.Terminal.Answer(document, CliJson.Default.MergedModelAnswer, output => output.Line(
            $"{path} is model {document.Version}: {document.Items:n0} items, {document.Users:n0} users, "
                + $"{document.Interactions:n0} interactions. Publish it with recommend models gate --artefact {path}"));
        return ExitCodes.Done;
    }

    private static DistributedTraining Training(Session session, ParseResult parse) => new(
        session.Part<IOptions<ModelTrainerOptions>>().Value, session.Part<EventTypeSettings>(),
        parse.GetRequiredValue(s_folder));

    /// <summary>A machine without a database merges without a catalogue, and creates none.</summary>
    private static Func<CancellationToken, IAsyncEnumerable<Domain.Items.CatalogItem>>? Catalogue(
        Session session, ParseResult parse) =>
        session.Partition is null || LocalPlatform.HasDatabase(parse.GetValue(CommonOptions.Data)!)
            ? session.Part<IEnumerable<IItemPages>>().LastOrDefault() is { } pages ? pages.ReadAllAsync : null
            : null;

    private static async Task WriteAsync(Stream artefact, string path, CancellationToken cancellationToken)
    {
        var unfinished = path + ".unfinished";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                await artefact.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }
            DurableMove.File(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static RowRange? Part(ArgumentResult argument)
    {
        if (Numbers(argument, "/") is ({ } index, { } count) && index < count)
            return RowRange.Part(index, count);
        argument.AddError($"'{argument.Tokens[0].Value}' is no part; write its number from 0 and the number of parts, "
            + "such as 3/100.");
        return null;
    }

    private static RowRange? Rows(ArgumentResult argument)
    {
        if (Numbers(argument, "..") is ({ } from, { } to) && from < to)
            return RowRange.Between(from, to);
        argument.AddError($"'{argument.Tokens[0].Value}' is no range; write the first row and the one after the last, "
            + "such as 2000..4000.");
        return null;
    }

    private static (int? One, int? Other) Numbers(ArgumentResult argument, string separator)
    {
        var words = argument.Tokens[0].Value.Split(separator);
        return words.Length == 2 ? (Number(words[0]), Number(words[1])) : (null, null);

        static int? Number(string word) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
