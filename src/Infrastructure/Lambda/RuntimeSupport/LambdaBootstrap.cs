using System.Diagnostics;
using System.Runtime.InteropServices;
using Recommendation.Lambda.Logging;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Answers one invocation.</summary>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Gets the function ready; false ends it without an error.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>
/// The loop of a custom runtime: asks Lambda for an invocation, has it handled, tells Lambda the answer or the error.
/// SIGTERM ends it once the invocation at hand is answered.
/// </summary>
public sealed class LambdaBootstrap : IDisposable
{
    internal const string TraceVariable = "_X_AMZN_TRACE_ID";

    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer? _initializer;
    private readonly RuntimeApiClient _client;
    private readonly TimeProvider _time;

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer? initializer = null)
        : this(handler, initializer, RuntimeApi(), TimeProvider.System)
    {
    }

    internal LambdaBootstrap(
        LambdaBootstrapHandler handler,
        LambdaBootstrapInitializer? initializer,
        string runtimeApi,
        TimeProvider time
    ) =>
        (_handler, _initializer, _client, _time) = (handler, initializer, new RuntimeApiClient(runtimeApi, time), time);

    /// <summary>
    /// Ends when it is told to; throws where the function can't start or the Runtime API breaks its promise, and Lambda
    /// starts anew.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        if (!await InitializeAsync())
            return;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var invocation = await _client.NextAsync(stopping.Token);
                await InvokeAsync(invocation);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return _initializer is null || await _initializer();
        }
        catch (Exception problem)
        {
            Log(problem, requestId: null, "The function could not start.");
            await _client.FailInitializationAsync(problem);
            throw;
        }
    }

    private async Task InvokeAsync(InvocationRequest invocation)
    {
        // Where the SDKs look for it.
        Environment.SetEnvironmentVariable(TraceVariable, invocation.TraceId);
        using var activity = InvocationActivity.Start(invocation);
        var id = invocation.LambdaContext.AwsRequestId;
        try
        {
            var response = await _handler(invocation);
            try
            {
                await _client.RespondAsync(id, response.OutputStream);
            }
            finally
            {
                if (response.DisposeOutputStream)
                    await response.OutputStream.DisposeAsync();
            }
        }
        // The edge of the host: whatever it is, Lambda must hear of it, or it waits for the deadline.
        catch (Exception problem) when (problem is not RuntimeApiException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, problem.Message);
            Log(problem, id, "The invocation failed.");
            await _client.FailAsync(id, problem);
        }
    }

    private void Log(Exception problem, string? requestId, string message) =>
        JsonLogLine.Write(
            StandardOutput.Shared,
            new LogEntry(_time.GetUtcNow(), "Error", requestId, nameof(LambdaBootstrap), message, problem)
        );

    private static string RuntimeApi() =>
        Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 } address
            ? address
            : throw new InvalidOperationException(
                "AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function, and only Lambda starts it."
            );
}
