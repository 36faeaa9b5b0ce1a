using System.Globalization;
using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>An erasure can't be undone: it erases whom it was told to, after asking.</summary>
public sealed class ForgetTests : IDisposable
{
    private static readonly Dictionary<string, string> s_nothing = new(StringComparer.Ordinal);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_id_that_begins_with_an_at_sign_is_that_user_and_no_file_of_arguments()
    {
        await GivenUsersAsync("@ann", "bob");
        var inFolder = _folder.Write("ann", "bob\n");
        var answer = await JsonAsync("forget", "@ann", "--yes");
        Assert.Equal("@ann", answer.GetProperty("userId").GetString());
        Assert.Equal(
            "@" + inFolder,
            (await JsonAsync("forget", "@" + inFolder, "--yes")).GetProperty("userId").GetString()
        );
        Assert.Equal(1, (await JsonAsync("profile", "bob")).GetProperty("interactionCount").GetInt32());
    }

    [Fact]
    public async Task Without_a_terminal_it_is_refused_unless_yes_was_said()
    {
        await GivenUsersAsync("ann");
        var refused = await RunAsync("forget", "ann");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--yes", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("'ann'", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await JsonAsync("profile", "ann")).GetProperty("interactionCount").GetInt32());
        Assert.Equal(1, (await JsonAsync("forget", "ann", "--yes")).GetProperty("interactionsRemoved").GetInt32());
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("YES\n", 0)]
    [InlineData("n\n", 1)]
    [InlineData("\n", 1)]
    [InlineData("yesterday\n", 1)]
    public async Task On_a_terminal_it_says_what_it_will_erase_and_asks(string typed, int exitCode)
    {
        await GivenUsersAsync("ann");
        var asked = await CommandLineProgram.OnTerminalAsync(typed, s_nothing, "forget", "ann", "--data", _folder.Data);
        Assert.Contains("Erase user 'ann' (a profile of 1 interactions)", asked.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, asked.ExitCode);
        Assert.Equal(exitCode == 0 ? 1 : 0, (await RunAsync("profile", "ann")).ExitCode);
    }

    [Fact]
    public async Task As_of_another_time_it_erases_what_arrived_before_the_real_moment()
    {
        await GivenUsersAsync("ann", "bob");
        var answer = await JsonAsync("forget", "ann", "--yes", "--as-of", "2010-12-20T18:00:00Z");
        Assert.Equal(1, answer.GetProperty("interactionsRemoved").GetInt32());
        Assert.StartsWith(
            TimeProvider.System.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture),
            answer.GetProperty("erasedAt").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(1, (await JsonAsync("rebuild")).GetProperty("users").GetInt32());
    }

    [Fact]
    public async Task A_user_never_seen_is_named_as_such_in_the_answer_and_the_receipt()
    {
        await GivenUsersAsync("ann");
        var receipt = _folder.PathOf("receipt.json");
        Assert.False(
            (await JsonAsync("forget", "an", "--yes", "--receipt", receipt)).GetProperty("found").GetBoolean()
        );
        Assert.False(
            (await JsonAsync("receipt", "verify", receipt)).GetProperty("receipt").GetProperty("found").GetBoolean()
        );
        Assert.Contains(
            "Nothing was kept of an",
            (await RunAsync("receipt", "verify", receipt)).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Nothing was kept of user an",
            (await RunAsync("forget", "an", "--yes")).Output,
            StringComparison.Ordinal
        );
        Assert.True((await JsonAsync("forget", "ann", "--yes")).GetProperty("found").GetBoolean());
    }

    private async Task GivenUsersAsync(params string[] users)
    {
        var lines = users.Select(user =>
            $$"""{"userId":"{{user}}","itemId":"tea","timestamp":"2026-01-31T12:00:00Z"}"""
        );
        await JsonAsync("ingest", _folder.Write("events.jsonl", string.Join('\n', lines)));
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) =>
        CommandLineProgram.RecommendAsync([.. arguments, "--data", _folder.Data]);

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
