using System.Text.Json.Nodes;

namespace Recommendation.Fuzzing;

/// <summary>An operation as an OpenAPI document describes it.</summary>
internal sealed record FuzzOperation(
    string Id,
    string Method,
    string Path,
    IReadOnlyList<FuzzParameter> Parameters,
    JsonObject? Body
)
{
    /// <summary>All operations of a document, with the references of their bodies resolved.</summary>
    internal static IReadOnlyList<FuzzOperation> Of(JsonNode document) =>
        [
            .. document["paths"]!
                .AsObject()
                .SelectMany(path =>
                    path.Value!.AsObject()
                        .Select(one => new FuzzOperation(
                            one.Value!["operationId"]!.GetValue<string>(),
                            one.Key.ToUpperInvariant(),
                            path.Key,
                            [
                                .. (one.Value["parameters"]?.AsArray() ?? []).Select(parameter => new FuzzParameter(
                                    parameter!["name"]!.GetValue<string>(),
                                    parameter["in"]!.GetValue<string>(),
                                    Resolve(document, parameter["schema"]!.AsObject())
                                )),
                            ],
                            one.Value["requestBody"]?["content"]?["application/json"]?["schema"] is JsonObject body
                                ? Resolve(document, body)
                                : null
                        ))
                ),
        ];

    private static JsonObject Resolve(JsonNode document, JsonObject schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            return Resolve(document, document["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject());
        var resolved = new JsonObject();
        foreach (var (name, value) in schema)
        {
            resolved[name] = name switch
            {
                "items" => Resolve(document, value!.AsObject()),
                "properties" => new JsonObject(
                    value!
                        .AsObject()
                        .Select(property =>
                            KeyValuePair.Create(property.Key, (JsonNode?)Resolve(document, property.Value!.AsObject()))
                        )
                ),
                _ => value?.DeepClone(),
            };
        }
        return resolved;
    }
}

/// <summary>A parameter of an operation, of its path or its query.</summary>
internal sealed record FuzzParameter(string Name, string In, JsonObject Schema);
