using System.Net;
using System.Net.Sockets;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// Bad input on every route: an answer of the 4xx that says why, never a 5xx, never the inside of the program.
/// </summary>
public sealed class FuzzTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly string[] s_ids =
    [
        "",
        " ",
        "%20",
        "a%00b",
        "%0a",
        "%2F",
        "..%2F..%2Fetc",
        "%FF%FE",
        "%ud800",
        new('x', 300),
        "%F0%9F%98%80",
        "'; DROP TABLE users;--",
        "{id}",
        "$%26",
        "null",
    ];

    private static readonly string[] s_queries =
    [
        "n=0",
        "n=-1",
        "n=1001",
        "n=99999999999",
        "n=x",
        "n=",
        "n=1&n=2",
        "exclude=%00",
        $"exclude={new string('x', 300)}",
        "category=",
        $"category={new string('c', 300)}",
        "explain=maybe",
        "cursor=%00",
        "cursor=AAAA",
        "cursor=" + new string('A', 6000),
        "cursor=MTIz",
        "all=2",
        "id=",
        "id=%ff",
        "unknown=1",
    ];

    private static readonly string[] s_bodies =
    [
        "",
        "null",
        "true",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "{\"users\":null}",
        "{\"users\":[]}",
        "{\"users\":[null]}",
        "{\"users\":[\"\"]}",
        "{\"users\":\"u\"}",
        "{\"dryRun\":\"yes\"}",
        "{\"runId\":\"../..\"}",
        "{\"positions\":[\"x\"]}",
        "{\"positions\":[null]}",
        "{\"fast\":1}",
        "{\"force\":[]}",
        "[{\"itemId\":null}]",
        "[{\"itemId\":\"\"}]",
        "[{\"itemId\":\"a\",\"categories\":[null]}]",
        "[{\"itemId\":\"a\",\"available\":\"no\"}]",
        "[{\"userId\":{},\"itemId\":[]}]",
        "{\"userId\":\"u\",\"itemId\":\"i\",\"timestamp\":\"9999\"}",
        "{",
        "[{]",
        "{\"a\":",
        "\u0000",
        "{\"userId\":\"\\ud800\",\"itemId\":\"i\"}",
        "{\"itemId\":1,\"interactionType\":{},\"n\":-1}",
        "{\"itemId\":\"x\",\"n\":100000}",
        "[" + new string('[', 200),
    ];

    private RunningApi Api => shop.Api;

    public static TheoryData<string, string> Routes()
    {
        var routes = new TheoryData<string, string>();
        using var folder = new TemporaryFolder();
        var app = AdminApiHost.Build(new AdminApiOptions { Folder = folder.Path });
        foreach (var route in RouteTable.Of(app))
            routes.Add(route.Method, route.Pattern);
        return routes;
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Bad_paths_and_queries_get_an_answer_that_says_why(string method, string pattern)
    {
        foreach (var id in s_ids)
            await TryAsync(method, Fill(pattern, id), body: null);
        foreach (var query in s_queries)
            await TryAsync(method, $"{Fill(pattern, "u1")}?{query}", body: null);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Bad_bodies_get_an_answer_that_says_why(string method, string pattern)
    {
        if (method is "GET" or "DELETE")
            return;
        foreach (var body in s_bodies)
        {
            await TryAsync(method, Fill(pattern, "u1"), body);
            await TryAsync(method, Fill(pattern, "u1"), body, "text/plain");
        }
    }

    [Fact]
    public async Task Random_bytes_as_body_get_an_answer_that_says_why()
    {
        var random = new Random(11);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(0, 60)];
            random.NextBytes(bytes);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/interactions")
            {
                Content = new ByteArrayContent(bytes),
            };
            request.Content.Headers.ContentType = new("application/json");
            using var response = await Api.Client.SendAsync(request);
            Check("random bytes", await Answer.OfAsync(response));
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var large = $"[{string.Join(',', Enumerable.Repeat("""{"userId":"u1","itemId":"i1"}""", 200_000))}]";
        using var client = new TcpClient();
        (await Api.PostAsync("/v1/interactions", large, ("Expect", "100-continue"))).ExpectProblem(
            HttpStatusCode.RequestEntityTooLarge,
            "too-large"
        );
    }

    [Fact]
    public async Task More_events_than_a_request_may_hold_are_refused_and_none_is_taken()
    {
        var many = $"[{string.Join(',', Enumerable.Repeat("""{"userId":"too-many","itemId":"i1"}""", 501))}]";
        (await Api.PostAsync("/v1/interactions", many)).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        (await Api.GetAsync("/v1/users/too-many")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_route_that_is_none_and_a_method_that_does_not_fit_are_problems_too()
    {
        (await Api.GetAsync("/v1/nothing")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await Api.PutAsync("/v1/models", "{}")).ExpectProblem(HttpStatusCode.MethodNotAllowed, "wrong-method");
    }

    private static string Fill(string pattern, string id) =>
        pattern
            .Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{version}", id, StringComparison.Ordinal)
            .Replace("{item}", id, StringComparison.Ordinal);

    /// <summary>On the wire as it is written: a client would mend the path first.</summary>
    private async Task TryAsync(string method, string target, string? body, string mediaType = "application/json")
    {
        // A training or a run would go on beside the other tests.
        if (method is "POST" && target is "/v1/models" or "/v1/batch-runs" && body is null or "null" or "" or "{}")
            return;
        Check($"{method} {target} {body}", await RawRequest.SendAsync(Api.Address, method, target, body, mediaType));
    }

    private static void Check(string what, Answer answer)
    {
        Assert.True((int)answer.Status < 500, $"{what} → {(int)answer.Status} {answer.Body}");
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Recommendation.", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Body, StringComparison.Ordinal);
        if ((int)answer.Status >= 400 && answer.Body.Length > 0)
            Assert.True(answer.IsProblem, $"{what} → {answer.MediaType} {answer.Body}");
    }
}
