using Spectre.Console;

namespace Recommendation.Cli.Output;

/// <summary>Writes markup whose values are escaped.</summary>
internal static class MarkupConsole
{
    internal static void Line(this IAnsiConsole console, MarkupText markup) => console.MarkupLine(markup.ToString());
}
