using System.Net;
using System.Text;
using System.Text.Json;

namespace Recommendation.Clients.Tests.DotNet.Given;

/// <summary>Answers as a test says, and keeps what it was sent.</summary>
internal sealed class StubApi(Func<StubCall, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly List<StubCall> _calls = [];

    internal IReadOnlyList<StubCall> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    internal static StubApi Accepting() => new(call => Accepted(call.Events.Count));

    internal static HttpResponseMessage Accepted(int accepted, int duplicates = 0) => Json(
        HttpStatusCode.OK,
        $$"""{"accepted":{{accepted}},"duplicates":{{duplicates}},"rejected":0,"results":[]}""");

    internal static HttpResponseMessage Problem(HttpStatusCode status, string code, int? retryAfter = null)
    {
        var response = Json(
            status,
            $$"""{"status":{{(int)status}},"detail":"The stub says {{code}}.","code":"{{code}}","requestId":"r1"}""");
        if (retryAfter is { } seconds)
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        return response;
    }

    internal static HttpResponseMessage Json(HttpStatusCode status, string json) => new(status)
    {
        Content = new StringContent(json, Encoding.UTF8, "application/json"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        StubCall call;
        lock (_calls)
        {
            call = new StubCall(
                _calls.Count,
                request.Method,
                request.RequestUri!,
                request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
                request.Headers.Authorization?.ToString(),
                body);
            _calls.Add(call);
        }
        var response = answer(call);
        response.RequestMessage = request;
        return response;
    }
}

/// <param name="Number">How many calls there were before.</param>
internal sealed record StubCall(
    int Number, HttpMethod Method, Uri Address, string? Key, string? Authorization, string Body)
{
    internal IReadOnlyList<JsonElement> Events => [.. JsonDocument.Parse(Body).RootElement.EnumerateArray()];
}
