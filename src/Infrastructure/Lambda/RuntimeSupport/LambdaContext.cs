using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;
using Recommendation.Lambda.Logging;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context that the Runtime API's headers and the function's environment give.</summary>
internal sealed class LambdaContext : ILambdaContext, ILambdaLogger
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _deadline;

    internal LambdaContext(HttpResponseHeaders headers, TimeProvider time)
    {
        _time = time;
        AwsRequestId = Header(headers, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new RuntimeApiException("The Runtime API gave an invocation without a request id.");
        InvokedFunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn") ?? "";
        TraceId = Header(headers, "Lambda-Runtime-Trace-Id");
        _deadline = long.TryParse(
            Header(headers, "Lambda-Runtime-Deadline-Ms"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var deadline
        )
            ? DateTimeOffset.FromUnixTimeMilliseconds(deadline)
            : throw new RuntimeApiException("The Runtime API gave an invocation without a deadline.");
    }

    public string AwsRequestId { get; }

    public string InvokedFunctionArn { get; }

    public string? TraceId { get; }

    public string FunctionName { get; } = Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion { get; } = Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName { get; } = Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName { get; } = Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB { get; } =
        int.TryParse(
            Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var size
        )
            ? size
            : 0;

    public ILambdaLogger Logger => this;

    public TimeSpan RemainingTime => _deadline - _time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public void Log(string message) => LogLine(message);

    public void LogLine(string message) =>
        JsonLogLine.Write(
            StandardOutput.Shared,
            new LogEntry(_time.GetUtcNow(), "Information", AwsRequestId, nameof(Lambda), message, Problem: null)
        );

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
