using System.Globalization;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>The estimates as a table: a row for each part of the stack, a column for each stack.</summary>
internal static class CostDrawing
{
    internal static void Draw(IAnsiConsole output, CostsDocument costs)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("USD a month");
        foreach (var stack in costs.Stacks)
            table.AddColumn(new TableColumn(Markup.Escape(stack.Name)).RightAligned());
        foreach (var (part, i) in costs.Stacks[0].Parts.Select((part, i) => (part.Part, i)))
            table.AddRow([Markup.Escape(part), .. costs.Stacks.Select(stack => Money(stack.Parts[i].Dollars))]);
        table.AddRow(["[bold]all[/]", .. costs.Stacks.Select(stack => $"[bold]{Money(stack.Dollars)}[/]")]);
        output.Write(table);
        output.Line(
            $"{costs.Region}, without free tiers and discounts; prices of {costs.Prices[0].Date}. Quantities and "
                + $"prices: --json."
        );
        foreach (var stack in costs.Stacks.Where(stack => stack.Settings.Count > 0))
            output.Line(
                $"{stack.Name}: deploy with {string.Join(' ', stack.Settings.Select(setting => $"-c {setting}"))}"
            );
    }

    private static string Money(decimal dollars) => dollars.ToString("#,##0.00", CultureInfo.InvariantCulture);
}
