using System.Text;
using System.Text.Json.Nodes;

namespace Recommendation.Integration.Tests.Given;

/// <summary>Asks the published admin API as an HTTP API with an IAM authorizer does.</summary>
internal sealed class ApiCaller(Supervised function)
{
    internal Task<JsonNode> GetAsync(string path, int status = 200) => SendAsync("GET", path, body: null, status);

    internal Task<JsonNode> PostAsync(string path, string body = "", int status = 200) =>
        SendAsync("POST", path, body, status);

    /// <param name="method">GET, POST …</param>
    /// <param name="path">The path, with the query.</param>
    /// <param name="body">JSON; null or empty for none.</param>
    /// <param name="status">What the answer must be.</param>
    internal async Task<JsonNode> SendAsync(string method, string path, string? body, int status)
    {
        var call = new JsonObject
        {
            ["version"] = "2.0",
            ["rawPath"] = path.Split('?')[0],
            ["rawQueryString"] = path.Split('?').ElementAtOrDefault(1) ?? "",
            ["headers"] = new JsonObject
            {
                ["content-type"] = "application/json",
                ["host"] = "api.example.org",
                ["idempotency-key"] = Guid.NewGuid().ToString("N"),
            },
            ["requestContext"] = new JsonObject
            {
                ["stage"] = "$default",
                ["http"] = new JsonObject
                {
                    ["method"] = method,
                    ["path"] = path.Split('?')[0],
                    ["protocol"] = "HTTP/1.1",
                    ["sourceIp"] = "192.0.2.1",
                    ["userAgent"] = "test",
                },
                ["authorizer"] = new JsonObject
                {
                    ["iam"] = new JsonObject { ["userArn"] = "arn:aws:iam::123456789012:user/operator" },
                },
            },
            ["body"] = body,
            ["isBase64Encoded"] = false,
        };
        var outcome = await function.InvokeAsync(Encoding.UTF8.GetBytes(call.ToJsonString()));
        Assert.False(outcome.IsError, outcome.Text);
        var answer = JsonNode.Parse(outcome.Text)!;
        var text = answer["body"]?.GetValue<string>() ?? "";
        if (answer["isBase64Encoded"]?.GetValue<bool>() == true)
            text = Encoding.UTF8.GetString(Convert.FromBase64String(text));
        Assert.True(
            status == answer["statusCode"]!.GetValue<int>(),
            $"{method} {path} answered {outcome.Text}\n{string.Join('\n', function.Lines.TakeLast(60))}"
        );
        var type = answer["headers"]
            ?.AsObject()
            .FirstOrDefault(header => header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase))
            .Value;
        return type?.GetValue<string>().Contains("json", StringComparison.Ordinal) == true
            ? JsonNode.Parse(text)!
            : JsonValue.Create(text);
    }
}
