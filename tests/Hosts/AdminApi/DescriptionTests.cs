using System.Net;
using System.Text.Json.Nodes;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Profiles;

namespace Recommendation.AdminApi.Tests;

/// <summary>The OpenAPI document: whole, and its examples work.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public async Task Every_route_is_described_with_summary_role_and_problems()
    {
        await using var api = await RunningApi.StartAsync();
        var paths = (await api.GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK).Json["paths"]!.AsObject();
        var described = paths.SelectMany(path =>
            path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")
        );
        using var folder = new TemporaryFolder();
        var routes = RouteTable
            .Of(AdminApiHost.Build(new AdminApiOptions { Folder = folder.Path }))
            // What pages call is not for clients of servers.
            .Where(route => !route.Pattern.StartsWith("/v1/browser/", StringComparison.Ordinal))
            .Select(route => $"{route.Method} {route.Pattern}");
        Assert.Equal(
            routes.Concat(["GET /healthz", "GET /readyz"]).Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal)
        );
        foreach (
            var operation in paths.SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!)
        )
        {
            Assert.NotEmpty(operation["summary"]!.GetValue<string>());
            Assert.NotNull(operation["responses"]!["default"]);
        }
    }

    [Fact]
    public async Task The_examples_work()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        // The examples name a customer and items of the sample: they exist here as well.
        var events = string.Join(
            ',',
            Enumerable
                .Range(0, 6)
                .Select(n => $$"""{"userId":"12748","itemId":"i{{n}}","interactionType":"purchase"}""")
        );
        (
            await api.PostAsync(
                "/v1/interactions",
                $$"""[{{events}},{"userId":"u1","itemId":"85123A"},{"userId":"u2","itemId":"85123A"},{"userId":"u3","itemId":"85123A"}]"""
            )
        ).Expect(HttpStatusCode.OK);
        await api.SendAsync(new CatchUpProfiles("local"));
        await api.SendAsync(new Application.Models.TrainModel(Fast: true, Force: true));
        (await api.PutAsync("/v1/items", """[{"itemId":"85123A"}]""")).Expect(HttpStatusCode.OK);
        (await api.PutAsync("/v1/scenarios/home", "{}")).Expect(HttpStatusCode.OK);

        var paths = (await api.GetAsync("/openapi/v1.json")).Json["paths"]!.AsObject();
        var tried = 0;
        foreach (
            var (path, method, operation) in paths
                .SelectMany(path => path.Value!.AsObject().Select(one => (path.Key, one.Key, one.Value!)))
                .Order(DeletesLast)
        )
        {
            if (TargetOf(path, operation) is not { } target)
                continue; // Its id is one that only a running system can give.
            var body = operation["requestBody"]?["content"]?["application/json"]?["example"]?.ToJsonString();
            Assert.True(
                body is not null || method is "get" or "delete" || path is "/v1/models/rollback",
                $"{method} {path} has no example of its body."
            );
            var answer = await api.SendAsync(new HttpMethod(method.ToUpperInvariant()), target, body);
            Assert.True((int)answer.Status is 200 or 202 or 204, $"{method} {target} → {answer.Status} {answer.Body}");
            tried++;
        }
        Assert.True(tried >= 16, $"Only {tried} examples.");
    }

    [Fact]
    public async Task The_page_and_the_dashboard_come_with_a_strict_policy_and_nothing_from_elsewhere()
    {
        await using var api = await RunningApi.StartAsync();
        var dashboard = (await api.GetAsync("/")).Expect(HttpStatusCode.OK);
        Assert.Contains("script-src 'self'", dashboard.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("http", dashboard.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", dashboard.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        (await api.GetAsync("/", ("If-None-Match", dashboard.Headers["ETag"]))).Expect(HttpStatusCode.NotModified);
        var page = (await api.GetAsync("/docs/index.html")).Expect(HttpStatusCode.OK);
        Assert.Contains("script", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    private static string? TargetOf(string path, JsonNode operation)
    {
        var query = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var (name, example) = (parameter!["name"]!.GetValue<string>(), parameter["example"]?.ToString());
            if (parameter["in"]!.GetValue<string>() == "path")
            {
                if (example is null)
                    return null;
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(example), StringComparison.Ordinal);
            }
            else if (example is not null)
            {
                query.Add($"{name}={Uri.EscapeDataString(example)}");
            }
        }
        // Going back needs two models, and the training of the example goes on beside the others.
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private static readonly Comparer<(string Path, string Method, JsonNode Operation)> DeletesLast = Comparer<(
        string Path,
        string Method,
        JsonNode Operation
    )>.Create(
        (left, right) =>
            (left.Method == "delete", left.Path, left.Method).CompareTo(
                (right.Method == "delete", right.Path, right.Method)
            )
    );
}
