using System.Globalization;
using Recommendation.Application.Experiments;
using Recommendation.Domain;
using Recommendation.Domain.Experiments;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Experiments as people read them.</summary>
internal static class ExperimentDrawings
{
    internal static void Draw(IAnsiConsole output, ListedExperiments listed)
    {
        if (listed.Experiments.Count == 0)
        {
            output.Line($"There are no experiments. See `recommend experiments start --help`.");
            return;
        }
        var table = Table("Experiment", "State", "Started", "Variants", "Metric", "Why");
        foreach (var one in listed.Experiments)
        {
            table.AddRow([
                Markup.Escape(one.Name.Value),
                ExperimentView.Of(one).State,
                Timestamps.Format(one.StartedAt),
                Markup.Escape(string.Join(", ", one.Variants.Select(Text))),
                one.Metric.ToText(),
                Markup.Escape(one.Changes[^1].Why),
            ]);
        }
        output.Write(table);
    }

    internal static void Draw(IAnsiConsole output, Experiment experiment)
    {
        var view = ExperimentView.Of(experiment);
        output.Line(
            $"Experiment [bold]{view.Name}[/] is {view.State}: {string.Join(", ", experiment.Variants.Select(Text))}");
        foreach (var change in view.Changes)
            output.Line($"  {change.At} {change.State} by {change.By}: {change.Why}");
    }

    internal static void Draw(IAnsiConsole output, ShownExperiment shown)
    {
        Draw(output, shown.Experiment);
        var table = Table("Variant", "Users", "Lists", "Impressions", "Clicks", "Conversions", "CTR", "Conversion rate",
            "Lift (95 %, at every look)");
        foreach (var one in ExperimentResultView.Of(shown).Variants)
        {
            table.AddRow([
                Markup.Escape(one.Name),
                MetricsText.Whole(one.Users),
                MetricsText.Whole(one.Lists),
                MetricsText.Whole(one.Impressions),
                MetricsText.Whole(one.Clicks),
                MetricsText.Whole(one.Conversions),
                MetricsText.Rate(one.Ctr, null),
                MetricsText.Rate(one.ConversionRate, null),
                one.Lift is { } lift
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{lift.Value * 100:+0.0;-0.0} % ({lift.Lower * 100:+0.0;-0.0} "
                            + $"to {lift.Upper * 100:+0.0;-0.0})")
                    : "-",
            ]);
        }
        output.Write(table);
        output.Line($"[bold]{shown.Result.Verdict}[/]");
    }

    private static string Text(ExperimentVariant variant) => string.Create(
        CultureInfo.InvariantCulture,
        $"{variant.Name} {variant.Share * 100:0.#} % ({variant.Model?.Value ?? "the current model"})");

    private static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
            table.AddColumn(Markup.Escape(column));
        return table;
    }
}
