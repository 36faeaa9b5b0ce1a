using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>
/// What is mistyped is named with what was probably meant; a shell can complete; colours can be turned off.
/// </summary>
public sealed class TypingTests
{
    [Theory]
    [InlineData("reccomend ann", "'reccomend'", "'recommend'")]
    [InlineData("profiel ann", "'profiel'", "'profile'")]
    [InlineData("batch lst", "'lst'", "'list'")]
    [InlineData("profile ann --jsno", "'--jsno'", "'--json'")]
    [InlineData("--verbos demo", "'--verbos'", "'--verbose'")]
    [InlineData("ingest events.csv --fromat csv", "'--fromat'", "'--format'")]
    [InlineData("forget --yess", "'--yess'", "'--yes'")]
    public async Task A_mistyped_word_is_named_with_what_was_probably_meant(string line, string typed, string meant)
    {
        var result = await CommandLineProgram.RecommendAsync(line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(
            $"{typed} is no command, option or argument here. Did you mean {meant}?",
            result.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_nothing_is_similar_nothing_is_suggested()
    {
        var result = await CommandLineProgram.RecommendAsync("xyzzy");
        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("Did you mean", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_two_dashes_an_id_may_begin_with_dashes()
    {
        using var folder = new DataFolder();
        var events = folder.Write(
            "events.jsonl",
            """{"userId":"--yes","itemId":"tea","timestamp":"2026-01-31T12:00:00Z"}"""
        );
        Assert.Equal(0, (await CommandLineProgram.RecommendAsync("ingest", events, "--data", folder.Data)).ExitCode);
        Assert.Equal(
            0,
            (await CommandLineProgram.RecommendAsync("profile", "--data", folder.Data, "--", "--yes")).ExitCode
        );
    }

    [Theory]
    [InlineData("user")]
    [InlineData("for")]
    [InlineData("recommend")]
    public async Task A_list_is_asked_for_by_several_names(string name)
    {
        using var folder = new DataFolder();
        var events = folder.Write(
            "events.jsonl",
            """{"userId":"ann","itemId":"tea","timestamp":"2026-01-31T12:00:00Z"}"""
        );
        Assert.Equal(0, (await CommandLineProgram.RecommendAsync("ingest", events, "--data", folder.Data)).ExitCode);
        var list = await CommandLineProgram.RecommendAsync(name, "ann", "--data", folder.Data, "--json", "-n", "3");
        Assert.Equal((0, ""), (list.ExitCode, list.Errors));
        Assert.Equal("ann", JsonDocument.Parse(list.Output).RootElement.GetProperty("userId").GetString());
    }

    [Theory]
    [InlineData("recommend ba", "batch")]
    [InlineData("recommend batch r", "run,resume")]
    [InlineData("recommend ingest --form", "--format")]
    [InlineData("recommend ingest --format on", "online-retail")]
    [InlineData("recommend profile ann --ve", "--verbose")]
    public async Task A_line_goes_on_with_what_fits(string line, string expected)
    {
        var result = await CommandLineProgram.RecommendAsync("complete", line);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        var words = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(expected.Split(','), word => Assert.Contains(word, words));
    }

    [Fact]
    public async Task Bash_completes_with_the_script()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "recommend.dll");
        var result = await CommandLineProgram.BashAsync($$"""
            recommend() { dotnet '{{program}}' "$@"; }
            eval "$(recommend completion bash)"
            COMP_LINE='recommend quarantine re'; COMP_POINT=${#COMP_LINE}
            _recommend
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        Assert.Equal(("redrive", ""), (result.Output.Trim(), result.Errors));
    }

    [Theory]
    [InlineData("zsh", "compdef")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task There_are_scripts_for_other_shells(string shell, string expected)
    {
        var script = await CommandLineProgram.RecommendAsync("completion", shell);
        Assert.Equal(0, script.ExitCode);
        Assert.Contains(expected, script.Output, StringComparison.Ordinal);
        Assert.Contains("recommend complete", script.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandLineProgram.RecommendAsync("completion", "cmd")).ExitCode);
    }

    [Fact]
    public async Task NO_COLOR_takes_the_colours_away_and_nothing_else()
    {
        using var folder = new DataFolder();
        var receipt = folder.Write(
            "receipt.json",
            """{"receipt":{"version":2,"keyId":"k","userId":"ann","erasedAt":"t","issuedAt":"t","removed":{"profile":true,"list":true,"interactionsCounted":0,"interactionsInLog":0,"quarantinedRecords":0},"found":true},"algorithm":"none","signature":"s"}"""
        );
        Assert.Equal(
            0,
            (
                await CommandLineProgram.RecommendAsync(
                    "ingest",
                    folder.Write(
                        "events.jsonl",
                        """{"userId":"ann","itemId":"tea","timestamp":"2026-01-31T12:00:00Z"}"""
                    ),
                    "--data",
                    folder.Data
                )
            ).ExitCode
        );
        string[] arguments = ["receipt", "verify", receipt, "--data", folder.Data];
        var terminal = new Dictionary<string, string>(StringComparer.Ordinal) { ["TERM"] = "xterm-256color" };
        var coloured = await CommandLineProgram.OnTerminalAsync("", terminal, arguments);
        Assert.Contains("\u001b[1;38;5;9m", coloured.Output, StringComparison.Ordinal);
        var plain = await CommandLineProgram.OnTerminalAsync(
            "",
            new Dictionary<string, string>(terminal, StringComparer.Ordinal) { ["NO_COLOR"] = "1" },
            arguments
        );
        Assert.DoesNotContain("38;5;", plain.Output, StringComparison.Ordinal);
        Assert.Contains("Not genuine.", plain.Output, StringComparison.Ordinal);
        Assert.Equal(coloured.ExitCode, plain.ExitCode);
    }
}
