using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Draws what an evaluation found.</summary>
internal static class EvaluationDrawing
{
    internal static void Draw(IAnsiConsole output, EvaluationDocument evaluation)
    {
        var table = Drawings.NewTable(
            "Who",
            "Users",
            $"Recall@{evaluation.K}",
            $"NDCG@{evaluation.K}",
            "Hit rate",
            "MRR",
            "Coverage",
            "Novelty",
            "Model's NDCG gain"
        );
        table.AddRow(
            "all users",
            $"{evaluation.Users:n0}",
            Figure(evaluation.Recall, evaluation.RecallInterval),
            Figure(evaluation.Ndcg, evaluation.NdcgInterval),
            $"{evaluation.HitRate:0.0000}",
            $"{evaluation.ReciprocalRank:0.0000}",
            $"{evaluation.Coverage:0.000}",
            $"{evaluation.Novelty:0.0} bits",
            ""
        );
        foreach (var segment in evaluation.Segments)
        {
            table.AddRow(
                Markup.Escape($"{segment.Segment} users"),
                $"{segment.Users:n0}",
                Figure(segment.Recall, segment.RecallInterval),
                Figure(segment.Ndcg, segment.NdcgInterval),
                $"{segment.HitRate:0.0000}",
                $"{segment.ReciprocalRank:0.0000}",
                "",
                "",
                ""
            );
        }
        foreach (
            var (name, baseline) in evaluation.Baselines
                ?? new Dictionary<string, EvaluatedBaselineDocument>(StringComparer.Ordinal)
        )
        {
            table.AddRow(
                Markup.Escape(name),
                $"{evaluation.Users:n0}",
                Figure(baseline.Recall, baseline.RecallInterval),
                Figure(baseline.Ndcg, baseline.NdcgInterval),
                $"{baseline.HitRate:0.0000}",
                $"{baseline.ReciprocalRank:0.0000}",
                $"{baseline.Coverage:0.000}",
                $"{baseline.Novelty:0.0} bits",
                $"{baseline.NdcgGain[0]:+0.0000;-0.0000}–{baseline.NdcgGain[1]:+0.0000;-0.0000}"
            );
        }
        output.Write(table);
        foreach (var cutoff in evaluation.Cutoffs ?? [])
            output.Line(
                $"HR@{cutoff.K} {cutoff.HitRate:0.0000}  NDCG@{cutoff.K} {cutoff.Ndcg:0.0000}  Recall@{cutoff.K} "
                    + $"{cutoff.Recall:0.0000}"
            );
        var trained = evaluation.TrainSeconds is { } seconds ? $"Trained in {seconds:0.0} s, " : "";
        output.Line(
            $"{trained}{evaluation.MicrosecondsPerUser:0.0} µs a user, at most {evaluation.PeakMemoryMegabytes:n0} MB. "
                + $"Ranges hold with 95 % confidence."
        );
        var chosen = evaluation.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value:0.####}");
        output.Line($"Chosen: {string.Join(' ', chosen)}");
        foreach (var (name, value) in evaluation.Validation)
            output.Line($"  {name} on held-out training data: {value:0.0000}");
    }

    internal static void Draw(IAnsiConsole output, StoredListsDocument stored)
    {
        output.Line(
            $"Lists of run [bold]{stored.RunId}[/] ({stored.StartedAt}, model {stored.ModelVersion ?? "none"}), on "
                + $"what their users came to since:"
        );
        output.Line(
            $"  Recall@{stored.K} {stored.Recall:0.0000}  NDCG@{stored.K} {stored.Ndcg:0.0000}  hit rate "
                + $"{stored.HitRate:0.0000}  over {stored.Users:n0} users; {stored.WithoutList:n0} others have no "
                + $"list of the run."
        );
    }

    private static string Figure(double value, IReadOnlyList<double> interval) =>
        $"{value:0.0000} ({interval[0]:0.0000}–{interval[1]:0.0000})";
}
