using System.Text.RegularExpressions;

namespace Recommendation.Cli.Tests;

/// <summary>Every command explains itself, with an example, also before its arguments are known.</summary>
public sealed partial class HelpTests
{
    [Fact]
    public async Task The_help_of_every_command_exits_with_0_and_has_an_example()
    {
        var seen = 0;
        var left = new Queue<string[]>(CommandsOf(await HelpAsync([])).Select(name => new[] { name }));
        while (left.TryDequeue(out var command))
        {
            var help = await HelpAsync(command);
            Assert.Contains("Example:", help, StringComparison.Ordinal);
            Assert.Contains("Usage:", help, StringComparison.Ordinal);
            seen++;
            foreach (var name in CommandsOf(help))
                left.Enqueue([.. command, name]);
        }
        Assert.True(seen >= 40, $"{seen} commands have been seen.");
    }

    [Fact]
    public async Task Help_may_stand_behind_arguments_that_are_wrong()
    {
        var help = await CommandLineProgram.RecommendAsync("forget", "a", "b", "--no-such", "--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Errors));
        Assert.Contains("recommend forget", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_many_to_show_is_an_option_of_commands_that_show_several()
    {
        Assert.Contains("-n <N>", await HelpAsync(["similar"]), StringComparison.Ordinal);
        Assert.DoesNotContain("-n <N>", await HelpAsync(["ingest"]), StringComparison.Ordinal);
        using var folder = new DataFolder();
        Assert.Equal(
            2,
            (await CommandLineProgram.RecommendAsync("rebuild", "-n", "5", "--data", folder.Data)).ExitCode
        );
    }

    private static async Task<string> HelpAsync(string[] command)
    {
        var help = await CommandLineProgram.RecommendAsync([.. command, "--help"]);
        Assert.True(help is { ExitCode: 0, Errors: "" }, $"{string.Join(' ', command)}: {help.ExitCode} {help.Errors}");
        return help.Output;
    }

    private static IEnumerable<string> CommandsOf(string help)
    {
        var start = help.IndexOf("Commands:", StringComparison.Ordinal);
        return start < 0 ? [] : Command().Matches(help[start..].Split("\n\n", 2)[0].ReplaceLineEndings("\n"))
                .SelectMany(match => match.Groups["names"].Value.Split(", "));
    }

    [GeneratedRegex("^  (?<names>[a-z][a-z, -]*?)(  | <)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();
}
