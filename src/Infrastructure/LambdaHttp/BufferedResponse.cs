using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Recommendation.LambdaHttp;

/// <summary>
/// A response that is gathered whole: Lambda takes it in one piece. So it starts when all of it is there.
/// </summary>
internal sealed class BufferedResponse : IHttpResponseFeature, IDisposable
{
    private static readonly UTF8Encoding s_strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();
    private readonly MemoryStream _bytes = new();

    internal BufferedResponse() => BodyFeature = new StreamResponseBodyFeature(_bytes);

    internal StreamResponseBodyFeature BodyFeature { get; }

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body
    {
        get => BodyFeature.Stream;
        set => throw new NotSupportedException("Replace IHttpResponseBodyFeature instead.");
    }

    public bool HasStarted { get; private set; }

    public void Dispose() => _bytes.Dispose();

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    internal async Task<APIGatewayHttpApiV2ProxyResponse> ToAnswerAsync()
    {
        while (_starting.TryPop(out var starting))
            await starting.Callback(starting.State);
        HasStarted = true;
        await BodyFeature.CompleteAsync();

        var answer = new APIGatewayHttpApiV2ProxyResponse { StatusCode = StatusCode };
        foreach (var (name, values) in Headers)
        {
            if (string.Equals(name, HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase))
                answer.Cookies = [.. values.OfType<string>()];
            else if (!string.Equals(name, HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase))
                answer.Headers[name] = string.Join(',', values.AsEnumerable());
        }
        var body = _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
        answer.IsBase64Encoded = !IsText();
        answer.Body = answer.IsBase64Encoded ? Convert.ToBase64String(body) : s_strict.GetString(body);
        return answer;
    }

    internal async Task CompletedAsync()
    {
        while (_completed.TryPop(out var completed))
            await completed.Callback(completed.State);
    }

    /// <summary>Whether the body is UTF-8 text; anything else goes in base64.</summary>
    private bool IsText()
    {
        if (_bytes.Length == 0)
            return true;
        if (
            Headers.ContentEncoding.Count > 0
            || !MediaTypeHeaderValue.TryParse(Headers.ContentType.ToString(), out var type)
        )
            return false;
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return false;
        return type.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
    }
}
