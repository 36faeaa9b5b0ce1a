using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recommendation.Cli.Tests;

/// <summary>The commands of docs/cli.md and the documents that it shows for them.</summary>
internal static partial class DocumentedJson
{
    internal static IEnumerable<(string Command, JsonElement Document)> All()
    {
        foreach (Match match in Section().Matches(Repository.Read("docs/cli.md")))
            yield return (
                match.Groups["command"].Value,
                Parse(match.Groups["json"].Value, match.Groups["command"].Value)
            );
    }

    internal static string ExportedLine() => ExportSection().Match(Repository.Read("docs/cli.md")).Groups["line"].Value;

    internal static JsonElement Parse(string json, string command)
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

    /// <summary>
    /// Names and kinds, in order; of an array its first element; of members that are names of things none.
    /// </summary>
    internal static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(' ', element.EnumerateObject().Select(Member))}}}",
        JsonValueKind.Array => element.GetArrayLength() == 0 ? "[]" : $"[{Shape(element[0])}]",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => element.ValueKind.ToString(),
    };

    private static string Member(JsonProperty member) =>
        member.Name is "counts" or "skipped" or "unnamedTypes" or "parameters" or "metrics"
            ? $"{member.Name}:{member.Value.ValueKind}"
            : $"{member.Name}:{Shape(member.Value)}";

    [GeneratedRegex(
        @"^### `recommend (?<command>[^`]+)`$.*?^```json\n(?<json>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline,
        10_000
    )]
    private static partial Regex Section();

    [GeneratedRegex(
        @"^## Lines of `export`$.*?^```json\n(?<line>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline,
        10_000
    )]
    private static partial Regex ExportSection();
}
