using System.Globalization;
using Recommendation.Application.Recommendations;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Explanations and previews, for people.</summary>
internal static class ReasonDrawings
{
    private const int BarWidth = 24;

    /// <summary>For how many items of the history the common content is named.</summary>
    private const int Sharing = 5;

    internal static void Draw(IAnsiConsole output, ExplainedItem explained)
    {
        output.Line($"[bold]{explained.Item.ItemId} {explained.Item.Title ?? ""}[/]");
        output.Line($"{explained.Sentence}");
        if (explained.Score is not { } score)
            return;
        var table = Drawings.NewTable("Because of", "Title", "Last", "Weight", "Says", "Adds", "");
        var most = explained.Contributions.Select(one => Math.Abs(one.Amount)).DefaultIfEmpty().Max();
        foreach (var one in explained.Contributions)
        {
            table.AddRow(
                Markup.Escape(one.Source.ItemId.Value),
                Markup.Escape(one.Source.Title ?? ""),
                Markup.Escape($"{one.LastType}{(one.Events > 1 ? $" ×{one.Events}" : "")}"),
                $"{one.HistoryWeight:0.###}",
                $"{one.ItemWeight:0.######}",
                one.Amount.ToString(CultureInfo.InvariantCulture),
                Bar(one.Amount, most)
            );
        }
        if (explained.DeletedAmount != 0)
        {
            table.AddRow(
                "", "deleted items", "", "", "", explained.DeletedAmount.ToString(CultureInfo.InvariantCulture),
                Bar(explained.DeletedAmount, most));
        }
        var sharing = explained.Contributions.Where(one => one.Shares.Count > 0).Take(Sharing).ToList();
        table.Columns[5].RightAligned();
        table.ShowFooters();
        table.Columns[4].Footer("score");
        table.Columns[5].Footer(score.ToString());
        output.Write(table);
        foreach (var one in sharing)
            output.Line($"Shares {string.Join(", ", one.Shares)} with {one.Source.Title ?? one.Source.ItemId.Value}.");
    }

    internal static void Draw(IAnsiConsole output, PreviewedEvent preview)
    {
        var table = Drawings.NewTable("#", "Item", "Title", "Before", "Change");
        table.Title = new TableTitle(
            Markup.Escape(
                $"{preview.User} after {preview.Type} of {preview.Item.ItemId} {preview.Item.Title} (model "
                    + $"{preview.Model?.Value ?? "none"})"
            )
        );
        foreach (var change in preview.Changes)
        {
            table.AddRow(
                change.To is { } to ? $"{to}" : "",
                Markup.Escape(change.Item.ItemId.Value),
                Markup.Escape(change.Item.Title ?? ""),
                change.From is { } from ? $"{from}" : "",
                Describe(change)
            );
        }
        Drawings.WriteOr(
            output,
            table,
            "There is nothing to recommend, before or after: ingest interactions, then `recommend train`."
        );
    }

    private static string Bar(decimal amount, decimal most)
    {
        var length = most == 0 ? 0 : (int)Math.Round(Math.Abs(amount) / most * BarWidth);
        var bar = new string('█', length);
        return amount < 0 ? $"[red]-{bar}[/]" : $"[green]{bar}[/]";
    }

    private static string Describe(PlaceChange change) => change switch
    {
        { From: null } => "[green]enters[/]",
        { To: null } => "[red]leaves[/]",
        { From: { } from, To: { } to } when from > to => $"[green]up {from - to}[/]",
        { From: { } from, To: { } to } when from < to => $"[yellow]down {to - from}[/]",
        _ => "stays",
    };
}
