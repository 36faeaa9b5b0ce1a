using System.CommandLine;
using Recommendation.Application.Ports;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Ingest;
using Recommendation.Cli.Output;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Import;
using Recommendation.Modeling.Evaluation;

namespace Recommendation.Cli.Commands;

/// <summary>The part of <c>recommend evaluate</c> that hides items.</summary>
internal static class EvaluateCold
{
    internal static readonly Option<double?> Share = new("--cold")
    {
        Description =
            "With --log: hide all interactions with this share of the items, and find the items by their content.",
        HelpName = "SHARE",
    };

    internal static readonly Option<string?> Items = new("--items")
    {
        Description =
            "With --cold: the catalogue, in any format that `recommend items import` reads. Without it, what the "
                + "log says of its items.",
        HelpName = "FILE",
    };

    /// <exception cref="UsageException">The options don't go together.</exception>
    internal static void Check(ParseResult parse, bool hasLog)
    {
        if (parse.GetValue(Share) is not null && !hasLog)
            throw new UsageException("Give --log FILE with --cold: the interactions of which some items are hidden.");
        if (parse.GetValue(Items) is not null && parse.GetValue(Share) is null)
            throw new UsageException("Give --cold SHARE with --items: only hidden items are found by their content.");
    }

    internal static async Task<int> RunAsync(
        Session session,
        ParseResult parse,
        EvaluationOptions options,
        LogFile log,
        CancellationToken cancellationToken)
    {
        List<string> rejected = [];
        var catalogue = parse.GetValue(Items) is { } path ? Read(path, rejected, cancellationToken) : null;
        var report = await session.Terminal.WithProgressAsync(
            "Evaluating",
            progress => new ColdEvaluation(
                session.Part<EventTypeSettings>(),
                options,
                TimeProvider.System,
                new Reports<TrainingProgress>(training => progress(training.Fraction, training.Stage))
            ).RunAsync(
                log.ReadAsync(cancellationToken),
                () => catalogue ?? log.Items,
                parse.GetValue(Share)!.Value,
                cancellationToken));
        if (rejected is [var first, ..])
            session.Terminal.Warn($"{rejected.Count} items were left out; the first: {first}");
        if (log.FirstRejection is { } rejection)
            session.Terminal.Warn($"{log.Rejected} rows were left out; the first: {rejection}");
        var document = ColdEvaluationDocument.Of(report);
        session.Terminal.Answer(
            document,
            CliJson.Default.ColdEvaluationDocument,
            output => ColdEvaluationDrawing.Draw(output, document));
        return ExitCodes.Done;
    }

    private static List<CatalogItem> Read(string path, List<string> rejected, CancellationToken cancellationToken)
    {
        using var file = ItemFile.Open(path);
        var items = new List<CatalogItem>();
        foreach (var row in file.Rows(cancellationToken))
        {
            if (row.Item is { } item)
                items.Add(item);
            else
                rejected.Add($"line {row.Line}: {row.Rejection!.Message}");
        }
        return items;
    }
}
