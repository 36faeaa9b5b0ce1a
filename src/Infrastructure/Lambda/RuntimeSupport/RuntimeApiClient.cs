using System.Net;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The four calls of the Lambda Runtime API, version 2018-06-01.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
internal sealed class RuntimeApiClient : IDisposable
{
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";

    private readonly HttpClient _client;
    private readonly Uri _root;
    private readonly TimeProvider _time;

    internal RuntimeApiClient(string hostAndPort, TimeProvider time)
    {
        _root = new Uri($"http://{hostAndPort}/2018-06-01/runtime/");
        _time = time;
        // The next invocation may be hours away; Lambda freezes the process meanwhile.
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    internal async Task<InvocationRequest> NextAsync(CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync(
            new Uri(_root, "invocation/next"),
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        if (answer.StatusCode == HttpStatusCode.OK)
            return new InvocationRequest(
                answer,
                await answer.Content.ReadAsStreamAsync(cancellationToken),
                new LambdaContext(answer.Headers, _time)
            );
        using (answer)
            throw new RuntimeApiException(
                $"The Runtime API gave no invocation: {(int)answer.StatusCode} "
                    + $"{await answer.Content.ReadAsStringAsync(cancellationToken)}"
            );
    }

    /// <exception cref="AnswerRefusedException">The answer is too large, or no answer that Lambda takes; it can still
    /// be told of an error.</exception>
    internal async Task RespondAsync(string requestId, Stream body)
    {
        // Not disposed: that would close the body, which its owner may use again.
        var content = new StreamContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var answer = await _client.PostAsync(new Uri(_root, $"invocation/{requestId}/response"), content);
        if (answer.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest)
            throw new AnswerRefusedException(
                $"Lambda refused the function's answer: {(int)answer.StatusCode} "
                    + $"{await answer.Content.ReadAsStringAsync()}"
            );
        await RequireTakenAsync(answer);
    }

    internal Task FailAsync(string requestId, Exception problem) =>
        FailAsync(new Uri(_root, $"invocation/{requestId}/error"), problem);

    internal Task FailInitializationAsync(Exception problem) => FailAsync(new Uri(_root, "init/error"), problem);

    public void Dispose() => _client.Dispose();

    private async Task FailAsync(Uri url, Exception problem)
    {
        using var content = new ByteArrayContent(ErrorDocument.Of(problem));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/vnd.aws.lambda.error+json");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        // Names of nested and generic types hold signs that a header may not.
        request.Headers.TryAddWithoutValidation(
            ErrorTypeHeader,
            new StringBuilder("Function.").Append(problem.GetType().Name).Replace('`', '_').ToString()
        );
        using var answer = await _client.SendAsync(request);
        await RequireTakenAsync(answer);
    }

    private static async Task RequireTakenAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return;
        throw new RuntimeApiException(
            $"The Runtime API did not take the outcome of an invocation: {(int)answer.StatusCode} "
                + $"{await answer.Content.ReadAsStringAsync()}"
        );
    }
}

/// <summary>Lambda did not take an answer; the invocation counts as failed.</summary>
internal sealed class AnswerRefusedException(string message) : Exception(message);

/// <summary>The Runtime API did not do what it promises; there is no going on.</summary>
internal sealed class RuntimeApiException(string message) : Exception(message);
