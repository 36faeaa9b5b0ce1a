using System.CommandLine;
using System.CommandLine.Parsing;

namespace Recommendation.Cli.CommandLine;

/// <summary>What somebody who mistyped a command or an option may have meant.</summary>
internal static class Suggestion
{
    /// <summary>
    /// An option that does not exist and was taken for an argument, such as a user's id; null if there is none.
    /// </summary>
    /// <remarks>Behind <c>--</c> everything is an argument, so that an id may begin with two dashes.</remarks>
    internal static string? MistypedOption(ParseResult parse)
    {
        var literal = parse
            .Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash)
            .Select(token => token.Value)
            .ToHashSet(StringComparer.Ordinal);
        return parse
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(value =>
                value.Length > 2 && value.StartsWith("--", StringComparison.Ordinal) && !literal.Contains(value)
            );
    }

    /// <returns>A sentence with a leading space; empty if nothing is similar.</returns>
    internal static string For(string word, CommandResult place)
    {
        var names = word.StartsWith('-') ? OptionsOf(place) : place.Command.Subcommands
            .Where(command => !command.Hidden).SelectMany(command => command.Aliases.Prepend(command.Name));
        // As many edits as a third of the word: `reccomend` is `recommend`, and `xyz` is nothing.
        var best = names
            .Select(name => (name, edits: Edits(word, name)))
            .Where(one => one.edits <= Math.Max(1, word.Length / 3))
            .OrderBy(one => one.edits)
            .ThenBy(one => one.name, StringComparer.Ordinal)
            .Select(one => one.name)
            .FirstOrDefault();
        return best is null ? "" : $" Did you mean '{best}'?";
    }

    private static IEnumerable<string> OptionsOf(CommandResult place)
    {
        var own = place.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name));
        for (var parent = place.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
            own = own.Concat(
                parent
                    .Command.Options.Where(option => option.Recursive)
                    .SelectMany(option => option.Aliases.Prepend(option.Name))
            );
        return own;
    }

    /// <summary>Inserted, removed, replaced and swapped letters (optimal string alignment).</summary>
    private static int Edits(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                var replaced = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[from.Length, to.Length];
    }
}
