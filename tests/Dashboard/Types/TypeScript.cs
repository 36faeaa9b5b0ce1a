using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Recommendation.Dashboard.Tests.Types;

/// <summary>The schemas of an OpenAPI 3.0 document as TypeScript interfaces.</summary>
internal static class TypeScript
{
    private const string Head =
        "// Made from the OpenAPI document of the API by tests/Dashboard: do not edit. To make it anew, run that test "
            + "with UPDATE_SNAPSHOTS=1.\n";

    internal static string Of(JsonNode document)
    {
        var text = new StringBuilder(Head);
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject()
            .OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            Append(text, schema!["description"]?.GetValue<string>(), "");
            text.Append(CultureInfo.InvariantCulture, $"export interface {name} {{\n");
            var required = Names(schema["required"]);
            foreach (var (member, type) in schema["properties"]?.AsObject() ?? [])
            {
                Append(text, type!["description"]?.GetValue<string>(), "  ");
                var mark = required.Contains(member) ? "" : "?";
                text.Append(CultureInfo.InvariantCulture, $"  readonly {member}{mark}: {TypeOf(type)};\n");
            }
            text.Append("}\n");
        }
        return text.ToString();
    }

    private static HashSet<string> Names(JsonNode? list) =>
        list?.AsArray().Select(one => one!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];

    private static void Append(StringBuilder text, string? description, string indent)
    {
        if (indent.Length == 0)
            text.Append('\n');
        if (description is null)
            return;
        var words = string.Join(
            ' ', description.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        text.Append(
            CultureInfo.InvariantCulture, $"{indent}/** {words.Replace("*/", "* /", StringComparison.Ordinal)} */\n");
    }

    private static string TypeOf(JsonNode schema)
    {
        if (schema["$ref"] is { } reference)
            return reference.GetValue<string>().Split('/')[^1];
        if (schema["oneOf"] is { } choices)
        {
            var types = choices.AsArray().Select(one => TypeOf(one!)).OrderBy(one => one is "null").Distinct();
            return string.Join(" | ", types);
        }
        var type = schema["type"]?.GetValue<string>() switch
        {
            "string" when schema["enum"] is { } values =>
                string.Join(" | ", values.AsArray().Select(one => one!.ToJsonString())),
            "string" => "string",
            "integer" or "number" => "number",
            "boolean" => "boolean",
            "array" => ArrayOf(schema["items"] is { } items ? TypeOf(items) : "unknown"),
            "object" => $"Readonly<Record<string, {(schema["additionalProperties"] is JsonObject values
                ? TypeOf(values) : "unknown")}>>",
            null when schema["nullable"] is not null => "null",
            _ => "unknown",
        };
        return schema["nullable"]?.GetValue<bool>() == true && type is not "null" ? type + " | null" : type;
    }

    private static string ArrayOf(string element) =>
        element.Contains('|', StringComparison.Ordinal) ? $"readonly ({element})[]" : $"readonly {element}[]";
}
