using System.Text;
using Microsoft.AspNetCore.Http;

namespace Recommendation.Emulators;

/// <summary>A request as it came.</summary>
public sealed class StubRequest
{
    private readonly List<KeyValuePair<string, string>> _headers;

    private StubRequest(string method, string target, List<KeyValuePair<string, string>> headers, byte[] body) =>
        (Method, Target, _headers, Body) = (method, target, headers, body);

    public string Method { get; }

    /// <summary>Path and query, encoded as they came.</summary>
    public string Target { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The operation of AWS's JSON protocol, such as <c>PutItem</c>; else the method.</summary>
    public string Operation => Header("X-Amz-Target") is { } target ? target[(target.LastIndexOf('.') + 1)..] : Method;

    public bool Is(string operation) => string.Equals(Operation, operation, StringComparison.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> Headers => _headers;

    public string? Header(string name) =>
        _headers.Find(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    internal static async Task<StubRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var target = request
            .HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!
            .RawTarget;
        var headers = request
            .Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))
            .ToList();
        return new StubRequest(request.Method, target, headers, body.ToArray());
    }

    internal HttpRequestMessage ToMessage(Uri server)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(server, Target))
        {
            Content = new ReadOnlyMemoryContent(Body),
        };
        foreach (var (name, value) in _headers)
        {
            if (string.Equals(name, "Host", StringComparison.OrdinalIgnoreCase))
                continue;
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }
}
