using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recommendation.Emulators;

/// <summary>
/// The Lambda Runtime API (2018-06-01) for functions that a test starts: gives them invocations, one at a time each,
/// and takes their answers. Proved right with AWS's own client for Node.js; see docs/functions.md.
/// </summary>
public sealed class RuntimeApi : IAsyncDisposable
{
    /// <summary>What Lambda takes as an answer to a synchronous invocation.</summary>
    public const int MaximumAnswer = 6 * 1024 * 1024;

    private readonly Channel<PendingInvocation> _waiting = Channel.CreateUnbounded<PendingInvocation>();
    private readonly ConcurrentDictionary<string, PendingInvocation> _running = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<InvocationOutcome> _initError = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _application;
    private int _count;

    private RuntimeApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _application = builder.Build();
        _application.MapGet("/2018-06-01/runtime/invocation/next", NextAsync);
        _application.MapPost(
            "/2018-06-01/runtime/invocation/{id}/response",
            (string id, HttpContext context) => AnswerAsync(id, isError: false, context)
        );
        _application.MapPost(
            "/2018-06-01/runtime/invocation/{id}/error",
            (string id, HttpContext context) => AnswerAsync(id, isError: true, context)
        );
        _application.MapPost("/2018-06-01/runtime/init/error", (Delegate)InitErrorAsync);
    }

    /// <summary>What <c>AWS_LAMBDA_RUNTIME_API</c> is set to: host and port.</summary>
    public string Address =>
        new Uri(
            _application
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Single()
        ).Authority;

    /// <summary>Completes when a function says that it could not start.</summary>
    public Task<InvocationOutcome> InitError => _initError.Task;

    /// <summary>Completes when a function asks for its first invocation.</summary>
    public Task Ready => _ready.Task;

    public static async Task<RuntimeApi> StartAsync()
    {
        var api = new RuntimeApi();
        await api._application.StartAsync();
        return api;
    }

    /// <summary>Invokes a function and waits for its answer or error.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="timeout">The function's timeout; a minute where none is given. Only told, not enforced.</param>
    /// <param name="traceId">X-Ray's header.</param>
    public Task<InvocationOutcome> InvokeAsync(
        ReadOnlyMemory<byte> payload,
        TimeSpan? timeout = null,
        string? traceId = null
    )
    {
        var id = string.Create(
            CultureInfo.InvariantCulture,
            $"00000000-0000-0000-0000-{Interlocked.Increment(ref _count):d12}"
        );
        var invocation = new PendingInvocation(
            id,
            payload,
            timeout ?? TimeSpan.FromMinutes(1),
            traceId ?? "Root=1-00000000-000000000000000000000000;Sampled=0"
        );
        _waiting.Writer.TryWrite(invocation);
        return invocation.Outcome.Task;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task NextAsync(HttpContext context)
    {
        _ready.TrySetResult();
        PendingInvocation invocation;
        try
        {
            invocation = await _waiting.Reader.ReadAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        _running[invocation.Id] = invocation;
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        headers["Lambda-Runtime-Deadline-Ms"] = (TimeProvider.System.GetUtcNow() + invocation.Timeout)
            .ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:test";
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
    }

    private async Task<IResult> AnswerAsync(string id, bool isError, HttpContext context)
    {
        var outcome = await ReadAsync(isError, context);
        if (!isError && outcome.Body.Length > MaximumAnswer)
            return Problem(StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge");
        if (!_running.TryRemove(id, out var invocation))
            return Problem(StatusCodes.Status400BadRequest, "InvalidRequestID");
        invocation.Outcome.SetResult(outcome);
        return Results.Json(new { status = "OK" }, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<IResult> InitErrorAsync(HttpContext context)
    {
        _initError.TrySetResult(await ReadAsync(isError: true, context));
        return Results.Json(new { status = "OK" }, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<InvocationOutcome> ReadAsync(bool isError, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new InvocationOutcome(
            isError,
            body.ToArray(),
            context.Request.Headers["Lambda-Runtime-Function-Error-Type"]
        );
    }

    private static IResult Problem(int status, string type) =>
        Results.Json(new { errorType = type, errorMessage = "as the Runtime API says it" }, statusCode: status);

    private sealed record PendingInvocation(string Id, ReadOnlyMemory<byte> Payload, TimeSpan Timeout, string TraceId)
    {
        internal TaskCompletionSource<InvocationOutcome> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What a function made of an invocation.</summary>
/// <param name="IsError">Whether it told of an error.</param>
/// <param name="Body">The answer, or the error document.</param>
/// <param name="ErrorType">The error's header; null where there is none.</param>
public sealed record InvocationOutcome(bool IsError, ReadOnlyMemory<byte> Body, string? ErrorType)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body.Span);
}
