using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Import;
using Recommendation.Modeling.Evaluation;

namespace Recommendation.Benchmarks.Served;

/// <summary>
/// Whether users get the lists that were evaluated: a training part is ingested, trained on and ranked by a batch run;
/// the stored lists and `evaluate` of the same artefact must score the same to four digits. Files lie in a folder that
/// is given, and are not part of the project.
/// </summary>
internal static class ServedBenchmark
{
    private const int Cutoff = 20;

    private static readonly Argument<string> s_data = new("FOLDER")
    {
        Description = "A folder with train.txt and test.txt, or with one log that ingest reads.",
    };
    private static readonly Option<bool> s_fast = new("--fast")
    {
        Description = "Train in one pass with fixed parameters.",
    };

    internal static Command Create()
    {
        var command = new Command(
            "served",
            "Compare stored lists with the evaluation of the model that made them.\n\nExample: served data/ml-100k"
        )
        {
            s_data, s_fast,
        };
        command.SetAction(
            (parse, cancellationToken) =>
                RunAsync(parse.GetRequiredValue(s_data), parse.GetValue(s_fast), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(string folder, bool fast, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (train, users, evaluate) = await SplitAsync(folder, cancellationToken);
        var store = Directory.CreateTempSubdirectory("recommendation-served-");
        try
        {
            await using var engine = new ServedEngine(store.FullName, train.Max(one => one.OccurredAt));
            var model = await engine.MakeListsAsync(train, fast, cancellationToken);
            var lists = await engine.ScoreAsync(users, Cutoff, cancellationToken);
            await using var artefact = await engine.OpenAsync(model, cancellationToken);
            var report = await evaluate(
                new ModelEvaluation(
                    EventTypeSettings.Default,
                    new EvaluationOptions { Cutoff = Cutoff, Resamples = 0 },
                    TimeProvider.System,
                    progress: null
                )
                {
                    Artefact = artefact,
                }
            );
            var agrees = Same(lists.Recall, report.Overall.Recall) && Same(lists.Ndcg, report.Overall.Ndcg);
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "served",
                ["users"] = users.Count,
                ["interactions"] = train.Count,
                ["model"] = model.Value,
                ["storedRecall"] = Math.Round(lists.Recall, 6),
                ["storedNdcg"] = Math.Round(lists.Ndcg, 6),
                ["evaluatedRecall"] = Math.Round(report.Overall.Recall, 6),
                ["evaluatedNdcg"] = Math.Round(report.Overall.Ndcg, 6),
                ["knownItemsShown"] = lists.Known,
                ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
                ["agrees"] = agrees,
            }));
            return agrees && lists.Known == 0 ? 0 : 1;
        }
        finally
        {
            store.Delete(recursive: true);
        }
    }

    private static bool Same(double stored, double evaluated) =>
        string.Equals(Digits(stored), Digits(evaluated), StringComparison.Ordinal);

    private static string Digits(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static async Task<(
        List<Interaction> Train,
        List<TestUser> Users,
        Func<ModelEvaluation, Task<EvaluationReport>> Evaluate
    )> SplitAsync(string folder, CancellationToken cancellationToken)
    {
        var (train, test) = (Path.Combine(folder, "train.txt"), Path.Combine(folder, "test.txt"));
        if (File.Exists(train))
        {
            var lines = await SplitFile.ReadAsync(train, cancellationToken);
            return (
                SplitFile.Interactions(lines).ToList(),
                SplitFile.TestUsers(lines, await SplitFile.ReadAsync(test, cancellationToken)),
                evaluation => evaluation.OfSplitFilesAsync(train, test, cancellationToken));
        }
        var log = Read(Directory.EnumerateFiles(folder).Single(), cancellationToken).ToList();
        var split = TemporalSplit.Of(log, new EvaluationOptions { Cutoff = Cutoff }, EventTypeSettings.Default);
        return (
            split.Train,
            split.Users,
            evaluation => evaluation.OfLogAsync(log.ToAsyncEnumerable(), cancellationToken)
        );
    }

    private static IEnumerable<Interaction> Read(string path, CancellationToken cancellationToken)
    {
        using var file = InteractionFile.Open(path);
        foreach (var row in file.Rows(cancellationToken))
        {
            if (
                row.Kind == ImportRowKind.Event
                && Interaction.Validate(row.Event, TimeProvider.System.GetUtcNow()).Accepted is { } interaction
            )
                yield return interaction;
        }
    }
}
