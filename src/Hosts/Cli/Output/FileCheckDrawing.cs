using Spectre.Console;

namespace Recommendation.Cli.Output;

internal static class FileCheckDrawing
{
    internal static void Draw(IAnsiConsole output, FileCheckDocument check)
    {
        output.Line($"[bold]{check.File}[/]: {check.Format}");
        if (check.Columns.Count > 0)
            Line(
                output,
                "Columns",
                string.Join(", ", check.Columns.Select(column => $"{column.Name} = {column.Meaning}"))
            );
        if (check.Times is not null)
            Line(output, "Times", check.Times);
        if (check.First is not null)
            Line(output, "Range", $"{check.First} to {check.Last}");
        Line(
            output,
            "Rows",
            $"{check.Rows:n0}: {check.Usable:n0} usable ({check.Duplicates:n0} of them duplicates), "
                + $"{check.Rejected:n0} rejected{Counts("; skipped: ", check.Skipped)}"
        );
        Line(output, "Ids", $"{check.Users:n0} users, {check.Items:n0} items");
        if (check.Types.Count > 0)
            Line(output, "Types", Counts("", check.Types));
        if (check.Reasons.Count > 0)
            Line(output, "Rejected", Counts("", check.Reasons));
        foreach (var example in check.Examples)
            output.Line($"  line {example.Line} {example.Reason}: {example.Message}");
        foreach (var note in check.Notes)
            output.Line($"  [yellow]{note}[/]");
        output.MarkupLine(check.IsUsable
            ? "Nothing was written; without --check the usable rows are ingested."
            : "[red]Less than half of this file can be used.[/] Nothing was written.");
    }

    private static void Line(IAnsiConsole output, string name, string text) =>
        output.Line($"  {name,-9} {text}");

    private static string Counts(string before, IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0 ? "" : before + string.Join(", ", counts.Select(count => $"{count.Value:n0} {count.Key}"));
}
