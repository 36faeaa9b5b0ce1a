using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>docs/cli.md promises the shape of every document; its commands are run here in the page's order.</summary>
public sealed class DocumentedJsonTests
{
    [Fact]
    public async Task Every_command_of_the_page_answers_the_document_that_the_page_shows()
    {
        using var folder = new DataFolder();
        folder.Write("events.jsonl", """{"userId":"ann","itemId":"85123A","timestamp":"2999-01-01T00:00:00Z"}""");
        folder.Write(
            "items.csv",
            "itemId,title,categories,available\n85123A,WHITE HANGING HEART T-LIGHT "
                + "HOLDER,home|light,true\n,nameless,,\n"
        );
        folder.Write("recommendation.json", """{ "serving": { "storedItem": 40 } }""");
        WriteSplit(folder);
        var (version, key) = ("", "");
        var seen = 0;
        foreach (
            var (command, documented) in DocumentedJson
                .All()
                .Where(section => !section.Command.Contains("--platform aws", StringComparison.Ordinal))
        )
        {
            var arguments = command
                .Replace("VERSION", version, StringComparison.Ordinal)
                .Replace("KEY-ID", key, StringComparison.Ordinal)
                .Split(' ')
                .Select(word =>
                    word
                        is "events.jsonl"
                            or "histories.hist"
                            or "shared"
                            or "model.tar.gz"
                            or "items.csv"
                            or "train.txt"
                            or "test.txt"
                            or "receipt.json"
                            or "recommendation.json"
                        ? folder.PathOf(word)
                        : word
                );
            var result = await CommandLineProgram.RecommendAsync([.. arguments, "--data", folder.Data, "--json"]);
            var answer = Parse(result.Output, command);
            Assert.Equal(Shape(documented), Shape(answer));
            if (command.StartsWith("train", StringComparison.Ordinal) && answer.TryGetProperty("isCurrent", out _))
                version = answer.GetProperty("version").GetString()!;
            if (command.StartsWith("keys create", StringComparison.Ordinal))
                key = answer.GetProperty("id").GetString()!;
            seen++;
        }
        Assert.Equal(48, seen);
    }

    [Fact]
    public async Task A_failure_answers_the_error_document_and_says_the_same_on_standard_error()
    {
        using var folder = new DataFolder();
        var result = await CommandLineProgram.RecommendAsync("models", "rollback", "--data", folder.Data, "--json");
        Assert.Equal(1, result.ExitCode);
        var error = Parse(result.Output, "models rollback").GetProperty("error");
        Assert.Equal("refused", error.GetProperty("code").GetString());
        Assert.Equal(error.GetProperty("message").GetString(), result.Errors.TrimEnd());
    }

    [Fact]
    public async Task The_exported_lines_are_the_documents_that_the_page_shows()
    {
        using var folder = new DataFolder();
        Assert.Equal(0, (await CommandLineProgram.RecommendAsync("demo", "--data", folder.Data, "--json")).ExitCode);
        var documented = DocumentedJson.ExportedLine();
        var lists = await CommandLineProgram.RecommendAsync("export", "recommendations", "--data", folder.Data);
        foreach (var line in lists.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(20))
            Assert.Equal(Shape(Parse(documented, "export")), Shape(Parse(line, "export")));
    }

    /// <summary>Users of four tastes, five items each, of which one is left to be found.</summary>
    private static void WriteSplit(DataFolder folder)
    {
        var users = Enumerable
            .Range(0, 40)
            .Select(user => (user, items: Enumerable.Range(0, 5).Select(item => (user % 4 * 5) + item).ToList()))
            .ToList();
        folder.Write(
            "train.txt",
            string.Join(
                '\n',
                users.Select(pair =>
                    $"{pair.user} {string.Join(' ', pair.items.Where(item => item % 5 != pair.user / 4 % 5))}"
                )
            )
        );
        folder.Write(
            "test.txt",
            string.Join('\n', users.Select(pair => $"{pair.user} {pair.items[pair.user / 4 % 5]}"))
        );
    }

    private static JsonElement Parse(string json, string command) => DocumentedJson.Parse(json, command);

    private static string Shape(JsonElement element) => DocumentedJson.Shape(element);
}
