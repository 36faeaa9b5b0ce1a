using System.Text;
using Microsoft.AspNetCore.Http;

namespace Recommendation.Emulators;

/// <summary>What becomes of a request.</summary>
public sealed class StubAnswer
{
    private readonly Func<HttpContext, Func<Task<HttpResponseMessage>>, Task> _write;

    private StubAnswer(Func<HttpContext, Func<Task<HttpResponseMessage>>, Task> write) => _write = write;

    /// <summary>The server behind answers.</summary>
    public static StubAnswer PassOn { get; } = new(async (context, forward) =>
    {
        using var answer = await forward();
        await CopyAsync(answer, context);
    });

    /// <summary>The connection breaks before anything is done.</summary>
    public static StubAnswer Drop { get; } = new((context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>The server behind does what was asked, but its answer is lost.</summary>
    public static StubAnswer LoseAnswer { get; } = new(async (context, forward) =>
    {
        (await forward()).Dispose();
        context.Abort();
    });

    /// <summary>Nothing comes until the caller goes away.</summary>
    public static StubAnswer Silence { get; } = new(async (context, _) =>
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    });

    public static StubAnswer Of(
        int status,
        string body,
        string contentType = "application/json",
        params (string Name, string Value)[] headers
    ) =>
        new(
            async (context, _) =>
            {
                context.Response.StatusCode = status;
                context.Response.ContentType = contentType;
                foreach (var (name, value) in headers)
                    context.Response.Headers[name] = value;
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
            }
        );

    /// <summary>Bytes as they are.</summary>
    public static StubAnswer Bytes(ReadOnlyMemory<byte> body, params (string Name, string Value)[] headers) =>
        new(
            async (context, _) =>
            {
                context.Response.ContentType = "application/octet-stream";
                context.Response.ContentLength = body.Length;
                foreach (var (name, value) in headers)
                    context.Response.Headers[name] = value;
                await context.Response.Body.WriteAsync(body, context.RequestAborted);
            }
        );

    /// <summary>An error in AWS's JSON form.</summary>
    public static StubAnswer Error(int status, string type, string message = "as the test asked") =>
        Of(
            status,
            $$"""{"__type":"com.amazonaws#{{type}}","message":"{{message}}"}""",
            "application/x-amz-json-1.0",
            ("x-amzn-ErrorType", type)
        );

    /// <summary>An error in S3's form.</summary>
    public static StubAnswer S3Error(int status, string code) =>
        Of(
            status,
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>as the test "
                + "asked</Message></Error>",
            "application/xml"
        );

    /// <summary>
    /// Promises more than it sends, and breaks the connection when told: a reset at once could overtake what was sent.
    /// </summary>
    public static StubAnswer BreakOff(string body, int promisedBytes, Task when) => new(async (context, _) =>
    {
        context.Response.ContentLength = promisedBytes;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await when.WaitAsync(context.RequestAborted);
        context.Abort();
    });

    internal Task WriteAsync(HttpContext context, Func<Task<HttpResponseMessage>> forward) => _write(context, forward);

    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (
                !string.Equals(name, "Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
                && !string.Equals(name, "Connection", StringComparison.OrdinalIgnoreCase)
            )
                context.Response.Headers[name] = values.ToArray();
        }
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
