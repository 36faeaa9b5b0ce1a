using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recommendation.Cli.Tests;

/// <summary>docs/cli.md promises the shape of every document; its commands are run here in the page's order.</summary>
public sealed partial class DocumentedJsonTests
{
    [Fact]
    public async Task Every_command_of_the_page_answers_the_document_that_the_page_shows()
    {
        using var folder = new DataFolder();
        folder.Write("events.jsonl", """{"userId":"ann","itemId":"85123A","timestamp":"2999-01-01T00:00:00Z"}""");
        folder.Write("items.csv", "itemId,title,categories,available\n85123A,WHITE HANGING HEART T-LIGHT HOLDER,home|light,true\n,nameless,,\n");
        var version = "";
        var seen = 0;
        foreach (var (command, documented) in Documents())
        {
            var arguments = command.Replace("VERSION", version, StringComparison.Ordinal).Split(' ')
                .Select(word => word is "events.jsonl" or "items.csv" ? folder.PathOf(word) : word);
            var result = await CommandLineProgram.RecommendAsync([.. arguments, "--data", folder.Data, "--json"]);
            var answer = Parse(result.Output, command);
            Assert.Equal(Shape(documented), Shape(answer));
            if (command.StartsWith("train", StringComparison.Ordinal))
                version = answer.GetProperty("version").GetString()!;
            seen++;
        }
        Assert.Equal(16, seen);
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
        var documented = ExportedLine().Match(Repository.Read("docs/cli.md")).Groups["line"].Value;
        var lists = await CommandLineProgram.RecommendAsync("export", "recommendations", "--data", folder.Data);
        foreach (var line in lists.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(20))
            Assert.Equal(Shape(Parse(documented, "export")), Shape(Parse(line, "export")));
    }

    private static IEnumerable<(string Command, JsonElement Document)> Documents()
    {
        foreach (Match match in Section().Matches(Repository.Read("docs/cli.md")))
            yield return (match.Groups["command"].Value, Parse(match.Groups["json"].Value, match.Groups["command"].Value));
    }

    private static JsonElement Parse(string json, string command)
    {
        try
        {
            return JsonDocument.Parse(json).RootElement;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"`{command}` gave no JSON document: {json}", problem);
        }
    }

    /// <summary>Names and kinds, in order; of an array its first element; of members that are names of things none.</summary>
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(' ', element.EnumerateObject().Select(Member))}}}",
        JsonValueKind.Array => element.GetArrayLength() == 0 ? "[]" : $"[{Shape(element[0])}]",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => element.ValueKind.ToString(),
    };

    private static string Member(JsonProperty member) => member.Name is "counts" or "skipped" or "parameters" or "metrics"
        ? $"{member.Name}:{member.Value.ValueKind}"
        : $"{member.Name}:{Shape(member.Value)}";

    [GeneratedRegex(@"^### `recommend (?<command>[^`]+)`$.*?^```json\n(?<json>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 10_000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^## Lines of `export`$.*?^```json\n(?<line>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 10_000)]
    private static partial Regex ExportedLine();
}
