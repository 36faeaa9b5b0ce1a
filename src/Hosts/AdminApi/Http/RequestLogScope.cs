using System.Collections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Gives each request an id, in its answer and in every log line written for it, and each answer the
/// headers that all have.
/// </summary>
internal sealed class RequestLogScope(RequestDelegate next, ILogger<RequestLogScope> logger)
{
    internal const string Header = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        SetHeaders(context);
        using var scope = logger.BeginScope(new Scope(context.TraceIdentifier));
        await next(context);
    }

    /// <summary>The headers of every answer; set again where an answer is begun anew.</summary>
    internal static void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[Header] = context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private sealed class Scope(string requestId) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] => new("requestId", requestId);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => requestId;
    }
}
