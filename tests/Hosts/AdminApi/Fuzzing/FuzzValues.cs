using System.Globalization;
using System.Text.Json.Nodes;

namespace Recommendation.Fuzzing;

/// <summary>Values that fit a schema, and values that do not.</summary>
internal sealed class FuzzValues(Random random)
{
    private static readonly string[] s_texts =
    [
        "u1",
        "u2",
        "i1",
        "i2",
        "first",
        "view",
        "purchase",
        "popular",
        "none",
        "true",
        "2026-03-01T12:00:00Z",
        "hour",
        "month",
        "odd",
    ];

    private static readonly string[] s_odd =
    [
        "",
        " ",
        ".",
        "..",
        "%2E",
        "%2F",
        "a/b",
        "a\\b",
        "a,b",
        "\0",
        "\n",
        "\u007f",
        "\ud83d\ude00",
        "'; DROP TABLE users;--",
        "{id}",
        "$[0]",
        "<script>",
        "NaN",
        "Infinity",
        "-0",
        "1e999",
        "9999999999999999999999",
        "0x10",
        "١٢",
        "\ufeff",
        "\u202e",
        "null",
        "a&b=c",
        "a#b",
        "a?b",
        "C:\\Windows",
        "/etc/passwd",
        "x y",
        "é",
    ];

    private static readonly string[] s_numbers =
    [
        "0",
        "-1",
        "1",
        "2",
        "10",
        "1001",
        "2147483647",
        "2147483648",
        "-2147483649",
        "1e3",
        "1.5",
        "1e400",
        "007",
    ];

    internal bool Chance(double share) => random.NextDouble() < share;

    internal T Pick<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    internal int Below(int end) => random.Next(end);

    /// <summary>Text that is meant to be wrong more often than not.</summary>
    internal string Odd() => random.Next(6) switch
    {
        0 => Pick(s_numbers),
        1 => new string((char)random.Next('!', '~'), random.Next(1, 600)),
        2 => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)random.Next(1, 0xD800))),
        3 => Pick(s_texts) + Pick(s_odd),
        _ => Pick(s_odd),
    };

    /// <summary>Text for a parameter of a path or query.</summary>
    internal string TextOf(JsonObject schema) => TypeOf(schema) switch
    {
        "integer" => NumberOf(schema).ToString(CultureInfo.InvariantCulture),
        "boolean" => Chance(0.5) ? "true" : "false",
        _ => schema["enum"] is JsonArray values ? Pick(values.ToList())!.GetValue<string>() : Pick(s_texts),
    };

    /// <summary>A value that fits the schema, of which some part does not with the share given.</summary>
    internal JsonNode? Json(JsonObject schema, double wrong, int depth = 0)
    {
        if (Chance(wrong))
            return Wrong(depth);
        return TypeOf(schema) switch
        {
            "object" => Object(schema, wrong, depth),
            "array" => Array(schema, wrong, depth),
            "integer" => NumberOf(schema),
            "number" => Math.Round(random.NextDouble() * 10, 2),
            "boolean" => Chance(0.5),
            _ => Pick(s_texts),
        };
    }

    private static string? TypeOf(JsonObject schema) => schema["type"]?.GetValue<string>();

    private int NumberOf(JsonObject schema) =>
        random.Next(
            (int)(schema["minimum"]?.GetValue<double>() ?? 1),
            Math.Min(50, (int)(schema["maximum"]?.GetValue<double>() ?? 50)) + 1
        );

    private JsonObject Object(JsonObject schema, double wrong, int depth)
    {
        var required =
            schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal)
            ?? [];
        var made = new JsonObject();
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) ? !Chance(wrong) : Chance(0.5))
                made[name] = Json(member!.AsObject(), wrong, depth + 1);
        }
        if (Chance(wrong))
            made[Odd()] = Wrong(depth + 1);
        return made;
    }

    private JsonArray Array(JsonObject schema, double wrong, int depth) =>
        new([
            .. Enumerable
                .Range(0, Chance(0.02) ? 600 : random.Next(4))
                .Select(_ => Json(schema["items"]!.AsObject(), wrong, depth + 1)),
        ]);

    private JsonNode? Wrong(int depth) => random.Next(depth < 4 ? 8 : 5) switch
    {
        0 => null,
        1 => Chance(0.5),
        2 => JsonNode.Parse(Pick(["0", "-1", "1e300", "2147483648", "1.5", "123456789012345678901234567890"])),
        3 => Odd(),
        4 => new string('x', random.Next(2_000)),
        5 => new JsonArray(Wrong(depth + 1), Wrong(depth + 1)),
        6 => new JsonObject { [Pick(s_texts)] = Wrong(depth + 1) },
        _ => new JsonObject(),
    };
}
