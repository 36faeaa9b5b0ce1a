using System.Globalization;
using Recommendation.Application.Items;
using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Items of the catalogue for people.</summary>
internal static class ItemDrawings
{
    internal static void Draw(IAnsiConsole output, ItemDocument item)
    {
        var table = Drawings.NewTable("Property", "Value");
        Add("Item", item.ItemId);
        Add("Title", item.Title);
        Add("Categories", string.Join(" | ", item.Categories));
        Add("Available", item.Available ? "yes" : "no");
        Add("Description", item.Description);
        Add("Price", Price(item));
        Add("Picture", item.ImageUrl);
        Add("Page", item.Url);
        Add("From", item.CreatedAt);
        Add("Until", item.ExpiresAt);
        Add("Group", item.Group);
        foreach (var (name, value) in item.Attributes.OrderBy(one => one.Key, StringComparer.Ordinal))
            Add(name, value.ToString());
        output.Write(table);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }
    }

    internal static void Draw(IAnsiConsole output, CatalogueDocument catalogue)
    {
        var table = Drawings.NewTable("Item", "Title", "Categories", "Price", "Available");
        foreach (var item in catalogue.Items)
        {
            table.AddRow(
                Markup.Escape(item.ItemId), Markup.Escape(item.Title ?? ""),
                Markup.Escape(string.Join(" | ", item.Categories)), Markup.Escape(Price(item)),
                item.Available ? "yes" : "no");
        }
        output.Write(table);
        if (catalogue.Next is { } next)
            output.Line($"There are more: --cursor {next}");
    }

    private static string Price(ItemDocument item) => item.Price is { } price
        ? $"{price.ToString("0.##", CultureInfo.InvariantCulture)} {item.Currency}".TrimEnd() : "";
}
