using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Emulators;

namespace Recommendation.Lambda.Tests;

[Collection("One meter")]
public sealed class HttpApiServerTests : IAsyncLifetime
{
    private RuntimeApi _api = null!;
    private WebApplication _application = null!;

    public async Task InitializeAsync()
    {
        _api = await RuntimeApi.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddHttpApiServer(_api.Address);
        _application = builder.Build();
        _application.MapGet(
            "/users/{id}",
            (string id, HttpRequest request) =>
                Results.Json(
                    new
                    {
                        id,
                        query = request.QueryString.Value,
                        cookie = request.Cookies["b"],
                        agent = request.Headers.UserAgent.ToString(),
                    }
                )
        );
        _application.MapPost("/echo", async (HttpContext context) =>
        {
            context.Response.ContentType = context.Request.ContentType;
            await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        _application.MapGet("/me", (HttpContext context) =>
            $"{context.User.FindFirstValue(ClaimTypes.NameIdentifier)} by "
                + $"{context.User.Identity?.AuthenticationType} from {context.Connection.RemoteIpAddress}");
        _application.MapGet("/cookies", (HttpContext context) =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["x-late"] = new[] { "1", "2" };
                return Task.CompletedTask;
            });
            context.Response.Cookies.Append("a", "1");
            context.Response.Cookies.Append("b", "2");
            return Results.StatusCode(StatusCodes.Status204NoContent);
        });
        _application.MapGet("/broken", string () => throw new InvalidOperationException("It is broken."));
        await _application.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _application.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_request_reaches_its_route_with_query_cookies_and_headers()
    {
        var answer = await AnswerAsync("GET", "/users/a%20b+c%2Fd", query: "x=1&y=%C3%A4");

        Assert.Equal((200, false), (answer.Status, answer.IsBase64));
        using var body = JsonDocument.Parse(answer.Text);
        Assert.Equal(
            "a b+c/d",
            body.RootElement.GetProperty("id").GetString()!.Replace("%2F", "/", StringComparison.Ordinal)
        );
        Assert.Equal("?x=1&y=%C3%A4", body.RootElement.GetProperty("query").GetString());
        Assert.Equal("2", body.RootElement.GetProperty("cookie").GetString());
        Assert.Equal("test", body.RootElement.GetProperty("agent").GetString());
        Assert.Equal("application/json; charset=utf-8", answer.Headers.GetProperty("Content-Type").GetString());
    }

    [Fact]
    public async Task The_stage_is_no_part_of_the_path()
    {
        Assert.Equal(200, (await AnswerAsync("GET", "/prod/users/1", stage: "prod")).Status);
        Assert.Equal(404, (await AnswerAsync("GET", "/prod/users/1")).Status);
        Assert.Equal(404, (await AnswerAsync("GET", "/produsers/1", stage: "prod")).Status);
    }

    [Fact]
    public async Task Text_goes_both_ways_as_text_and_bytes_as_base64()
    {
        var text = await AnswerAsync("POST", "/echo", body: "{\"ä\":1}", type: "application/json");
        var bytes = await AnswerAsync(
            "POST",
            "/echo",
            body: Convert.ToBase64String([0, 255, 7]),
            type: "application/octet-stream",
            isBase64: true
        );

        Assert.Equal(("{\"ä\":1}", false), (text.Text, text.IsBase64));
        Assert.Equal((Convert.ToBase64String([0, 255, 7]), true), (bytes.Text, bytes.IsBase64));
    }

    [Fact]
    public async Task The_caller_is_whom_the_gateway_has_checked() =>
        Assert.Equal(
            "arn:aws:iam::1:user/anna by AWS_IAM from 192.0.2.1",
            (await AnswerAsync("GET", "/me", caller: "arn:aws:iam::1:user/anna")).Text
        );

    [Fact]
    public async Task Cookies_go_apart_and_headers_set_at_the_start_are_there()
    {
        var answer = await AnswerAsync("GET", "/cookies");

        Assert.Equal(204, answer.Status);
        Assert.Equal(["a=1; path=/", "b=2; path=/"], answer.Cookies);
        Assert.Equal("1,2", answer.Headers.GetProperty("x-late").GetString());
    }

    [Fact]
    public async Task An_exception_fails_the_invocation_and_the_next_request_is_answered()
    {
        var outcome = await _api.InvokeAsync(Event("GET", "/broken"));

        Assert.True(outcome.IsError);
        Assert.Contains("It is broken.", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await AnswerAsync("GET", "/users/1")).Status);
    }

    [Fact]
    public void Away_from_lambda_the_server_stays_what_it_is()
    {
        var services = new ServiceCollection();

        services.AddAWSLambdaHosting(LambdaEventSource.HttpApi);

        Assert.DoesNotContain(services, service => service.ServiceType == typeof(IServer));
    }

    private async Task<Answer> AnswerAsync(
        string method,
        string path,
        string query = "",
        string? body = null,
        string? type = null,
        bool isBase64 = false,
        string stage = "$default",
        string? caller = null
    )
    {
        var outcome = await _api.InvokeAsync(Event(method, path, query, body, type, isBase64, stage, caller));
        Assert.False(outcome.IsError, outcome.Text);
        using var json = JsonDocument.Parse(outcome.Body);
        var answer = json.RootElement.Clone();
        return new Answer(
            answer.GetProperty("statusCode").GetInt32(),
            answer.GetProperty("headers"),
            [.. answer.GetProperty("cookies").EnumerateArray().Select(cookie => cookie.GetString()!)],
            answer.GetProperty("body").GetString()!,
            answer.GetProperty("isBase64Encoded").GetBoolean()
        );
    }

    private static byte[] Event(
        string method,
        string path,
        string query = "",
        string? body = null,
        string? type = null,
        bool isBase64 = false,
        string stage = "$default",
        string? caller = null
    )
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["user-agent"] = "test",
            ["host"] = "api.example",
        };
        if (type is not null)
            headers["content-type"] = type;
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            version = "2.0",
            routeKey = "$default",
            rawPath = path,
            rawQueryString = query,
            cookies = new[] { "a=1", "b=2" },
            headers,
            requestContext = new
            {
                stage,
                http = new { method, path, protocol = "HTTP/1.1", sourceIp = IPAddress.Parse("192.0.2.1").ToString() },
                authorizer = caller is null ? null : new { iam = new { userArn = caller, userId = "AIDA" } },
            },
            body,
            isBase64Encoded = isBase64,
        }));
    }

    private sealed record Answer(int Status, JsonElement Headers, string[] Cookies, string Text, bool IsBase64);
}
