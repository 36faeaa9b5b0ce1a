using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Recommendation.AdminApi.OpenApi;

/// <summary>Values that work with the sample data of `recommend demo`; a test runs them all.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string> s_parameters = new(StringComparer.Ordinal)
    {
        ["n"] = "5",
        ["v1/users/{id} id"] = "12748",
        ["v1/users/{id}/recommendations id"] = "12748",
        ["v1/users/{id}/recommendations explain"] = "true",
        ["v1/users/{id}/explain/{item} id"] = "12748",
        ["v1/users/{id}/explain/{item} item"] = "85123A",
        ["v1/users/{id}/what-if id"] = "12748",
        ["v1/users/{id}/export id"] = "12748",
        ["v1/metrics by"] = "source",
        ["v1/items id"] = "85123A",
        ["v1/items/{id} id"] = "85123A",
        ["v1/items/{id}/similar id"] = "85123A",
    };

    private static readonly Dictionary<string, string> s_bodies = new(StringComparer.Ordinal)
    {
        ["v1/interactions"] =
            """[{"eventId":"order-4711-1","userId":"12748","itemId":"85123A","interactionType":"purchase","value":2},{"userId":"12748","itemId":"22469"}]""",
        ["v1/impressions"] = """[{"userId":"12748","items":["85123A","22469"]}]""",
        ["v1/items"] =
            """[{"itemId":"85123A","title":"WHITE HANGING HEART T-LIGHT HOLDER","categories":["home","lights"],"available":true}]""",
        ["v1/items/{id}"] = """{"available":true}""",
        ["v1/experiments"] =
            """{"name":"home","variants":[{"name":"b","share":0.5}],"why":"an A/A test","metric":"ctr"}""",
        ["v1/experiments/{name}/stop"] = """{"why":"no gain"}""",
        ["v1/experiments/{name}/promote"] = """{"variant":"b","why":"more clicks"}""",
        ["v1/batch-runs"] = """{"dryRun":true}""",
        ["v1/models"] = """{"fast":true}""",
        ["v1/models/{version}/promote"] = """{"force":false}""",
        ["v1/quarantine/dismiss"] = """{"reason":"malformed","olderThanDays":30}""",
        ["v1/quarantine/redrive"] = """{"positions":["api:0123456789abcdef:0:0"]}""",
        ["v1/users/{id}/what-if"] = """{"itemId":"22469","interactionType":"purchase","n":5}""",
    };

    internal static void AddTo(OpenApiOperation operation, Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription route)
    {
        var path = route.RelativePath!;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (
                (
                    s_parameters.GetValueOrDefault($"{path} {parameter.Name}")
                    ?? s_parameters.GetValueOrDefault(parameter.Name!)
                ) is
                { } example
            )
                parameter.Example = JsonValue.Create(example);
        }
        if (
            operation.RequestBody?.Content is { } content
            && content.TryGetValue("application/json", out var body)
            && s_bodies.TryGetValue(path, out var json)
        )
            body.Example = JsonNode.Parse(json);
    }
}
