using System.CommandLine;
using Recommendation.Application.Recommendations;

namespace Recommendation.Cli.CommandLine;

/// <summary>The options of commands that show a list.</summary>
internal static class FilterOptions
{
    internal static readonly Option<string[]> Category = new("--category")
    {
        Description = "Only items of this category; of any of them if the option is repeated.",
        HelpName = "NAME",
    };

    internal static readonly Option<string[]> Exclude = new("--exclude")
    {
        Description = "An item that must not be in the list; the option may be repeated.",
        HelpName = "ITEM",
    };

    /// <returns>Null if nothing is left out.</returns>
    internal static ListFilter? Read(ParseResult parse)
    {
        var (categories, exclude) = (parse.GetValue(Category) ?? [], parse.GetValue(Exclude) ?? []);
        if (categories.Contains("", StringComparer.Ordinal))
            throw new UsageException("--category is empty. Give the name of a category of the catalogue.");
        return categories.Length == 0 && exclude.Length == 0
            ? null : new ListFilter(exclude.Select(UsageException.Item).ToHashSet(), categories);
    }
}
