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
        ["v1/users/{id}/merge id"] = "visitor-1",
        ["v1/scenarios/{name} name"] = "home",
        ["v1/scenarios/{name} reason"] = "spring sale",
        ["v1/scenarios/{name}/preview name"] = "home",
        ["v1/scenarios/{name}/versions name"] = "home",
        ["v1/users/{id}/attributes id"] = "12748",
        ["v1/items q"] = "heart",
        ["v1/metrics by"] = "source",
        ["v1/items/{id} id"] = "85123A",
        ["v1/items/{id}/similar id"] = "85123A",
        ["v1/items/{id}/metrics id"] = "85123A",
        ["v1/metrics/items order"] = "clicks",
    };

    private static readonly Dictionary<string, string> s_bodies = new(StringComparer.Ordinal)
    {
        ["v1/interactions"] =
            """[{"eventId":"order-4711-1","userId":"12748","itemId":"85123A","interactionType":"purchase","value":2},{"userId":"12748","itemId":"22469"}]""",
        ["v1/impressions"] = """[{"userId":"12748","items":["85123A","22469"]}]""",
        ["v1/items"] =
            """[{"itemId":"85123A","title":"HOLDER","categories":["home"],"price":2.95,"attributes":{"size":9}}]""",
        ["v1/items/preview"] = """[{"itemId":"85123A","title":"HOLDER","price":3.5},{"itemId":"new","title":"NEW"}]""",
        ["v1/items/{id}"] = """{"available":true,"attributes":{"colour":"white"}}""",
        ["v1/recommendations"] =
            """{"history":[{"itemId":"85123A","interactionType":"view"},{"itemId":"22469"}],"n":5}""",
        ["v1/recommendations/batch"] = """{"users":["12748","17850"],"n":5}""",
        ["v1/scenarios/{name}"] =
            """{"source":"personal","filter":"item.available","boosts":[{"when":"item.title.contains('HEART')","multiply":1.5}],"pins":[{"itemId":"85123A","place":2}],"diversity":{"by":"title","max":1,"window":5},"n":10}""",
        ["v1/scenarios/{name}/preview"] = """{"userId":"12748","scenario":{"filter":"item.title.contains('HEART')"}}""",
        ["v1/items/similar"] = """{"items":["85123A","22469"],"n":5,"by":"both"}""",
        ["v1/experiments"] =
            """{"name":"home","variants":[{"name":"b","share":0.5}],"why":"an A/A test","metric":"ctr"}""",
        ["v1/experiments/{name}/stop"] = """{"why":"no gain"}""",
        ["v1/experiments/{name}/promote"] = """{"variant":"b","why":"more clicks"}""",
        ["v1/batch-runs"] = """{"dryRun":true}""",
        ["v1/models"] = """{"fast":true}""",
        ["v1/models/{version}/promote"] = """{"force":false}""",
        ["v1/quarantine/dismiss"] = """{"reason":"malformed","olderThanDays":30}""",
        ["v1/quarantine/redrive"] = """{"positions":["api:0123456789abcdef:0:0"]}""",
        ["v1/users/{id}/attributes"] = """{"country":"GB","segment":"gifts"}""",
        ["v1/users/{id}/merge"] = """{"userId":"12748"}""",
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
