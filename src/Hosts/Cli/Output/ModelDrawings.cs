using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Models;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Models and what the gate says of them, for people.</summary>
internal static class ModelDrawings
{
    internal static void Draw(IAnsiConsole output, GatedModel gated)
    {
        var model = gated.Model;
        output.Line(
            $"Model [bold]{model.Version}[/] ({model.Trainer}): {model.Items:n0} items, {model.Users:n0} users, "
                + $"{model.Interactions:n0} interactions, {model.ArtefactBytes / 1024.0:n0} KiB"
        );
        output.Line(
            $"  {(gated.Verdict.Passed ? "The gate lets it pass." : "The gate turns it away.")} "
                + $"The current model is {(gated.IsCurrent ? "this one" : gated.Expected.Version?.Value ?? "none")}."
        );
        if (model.Refit is { } refit)
            output.Line(
                $"  Refitted on all interactions; the figures are those of candidate {refit.Candidate}, measured on "
                    + $"what happened after {Timestamps.Format(refit.MeasuredAfter)}."
            );
        foreach (var reason in gated.Verdict.Reasons)
            output.Line($"  {reason}");
    }

    internal static void Draw(IAnsiConsole output, ListedModels listed)
    {
        var table = Drawings.NewTable(
            "",
            "Version",
            "Trained through",
            "Trainer",
            "Items",
            "Interactions",
            "Size",
            $"NDCG@{ModelQuality.Cutoff}",
            "Coverage",
            "Gate"
        );
        foreach (var model in listed.Models)
        {
            table.AddRow(
                model.Version == listed.Current.Version ? "current"
                    : model.Version == listed.Current.Previous ? "previous"
                    : model.IsCandidate ? "candidate"
                    : "",
                model.Version.Value,
                Timestamps.Format(model.TrainedThrough ?? model.CreatedAt),
                Markup.Escape(model.Trainer),
                $"{model.Items:n0}",
                $"{model.Interactions:n0}",
                $"{model.ArtefactBytes / 1024.0:n0} KiB",
                Metric(model, "ndcg"),
                Metric(model, "coverage"),
                model.Gate switch
                {
                    null => "-",
                    { Passed: true } => "passed",
                    _ => "failed",
                }
            );
        }
        Drawings.WriteOr(output, table, "There is no model yet; run `recommend train`.");
        if (listed.Next is not null)
            output.MarkupLine("There are more; ask for them with -n.");
        foreach (var model in listed.Models.Where(model => model.Gate is { Passed: false }))
            output.Line(
                $"  {model.Version} failed the gate: {string.Join(' ', model.Gate!.Reasons)}"
            );
    }

    private static string Metric(ModelDescription model, string name) =>
        model.Metrics.TryGetValue($"{name}@{ModelQuality.Cutoff}", out var value) ? $"{value:0.0000}" : "-";
}
