using System.Net;
using Amazon.Runtime;
using Amazon.SageMakerRuntime;
using Amazon.SageMakerRuntime.Model;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.SageMaker;

/// <summary>
/// Calls the endpoint: each attempt has a time limit, failed ones are repeated with jitter, and an endpoint that keeps
/// failing is left alone for a while, so that neither it nor the caller waits in vain.
/// </summary>
internal sealed class EndpointCalls : IDisposable
{
    private readonly AmazonSageMakerRuntimeClient _client;
    private readonly string _endpoint;
    private readonly ResiliencePipeline<InvokeEndpointResponse> _pipeline;

    internal EndpointCalls(AmazonSageMakerRuntimeClient client, AwsOptions options, TimeProvider time, Random random)
    {
        _client = client;
        _endpoint = options.EndpointName!;
        var retryable = new PredicateBuilder<InvokeEndpointResponse>().Handle<Exception>(IsWorthAnotherTry);
        var builder = new ResiliencePipelineBuilder<InvokeEndpointResponse> { TimeProvider = time };
        if (options.RequestRetries > 0)
        {
            var gate = new Lock();
            builder.AddRetry(new RetryStrategyOptions<InvokeEndpointResponse>
            {
                ShouldHandle = retryable,
                MaxRetryAttempts = options.RequestRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.EndpointRetryDelay,
                MaxDelay = TimeSpan.FromSeconds(10),
                Randomizer = () =>
                {
                    lock (gate)
                        return random.NextDouble();
                },
            });
        }
        _pipeline = builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<InvokeEndpointResponse>
            {
                ShouldHandle = retryable,
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.EndpointTimeout })
            .Build();
    }

    internal string Subject => $"Endpoint {_endpoint}";

    /// <exception cref="RankerUnavailableException">The endpoint did not answer, or with an error.</exception>
    internal async Task<ReadOnlyMemory<byte>> AskAsync(
        ReadOnlyMemory<byte> question,
        CancellationToken cancellationToken
    )
    {
        var request = new InvokeEndpointRequest { EndpointName = _endpoint, Body = question };
        try
        {
            var response = await _pipeline.ExecuteAsync(
                async cancellation => await _client.InvokeEndpointAsync(request, cancellation), cancellationToken);
            return response.Body;
        }
        catch (BrokenCircuitException problem)
        {
            throw new RankerUnavailableException(
                $"{Subject} failed too often lately and is left alone for a few seconds.",
                problem
            );
        }
        catch (TimeoutRejectedException problem)
        {
            throw new RankerUnavailableException($"{Subject} did not answer in time.", problem);
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw new RankerUnavailableException(problem.Describe(Subject), problem);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>A request that was understood and refused stays refused; all else may be different next time.</summary>
    private static bool IsWorthAnotherTry(Exception problem) => problem switch
    {
        // SageMaker's answer for an error of the container.
        AmazonServiceException { StatusCode: HttpStatusCode.FailedDependency } => true,
        AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout } => true,
        AmazonServiceException { ErrorCode: "ThrottlingException" or "ModelNotReadyException" } => true,
        AmazonServiceException fault => fault.StatusCode == default || (int)fault.StatusCode >= 500,
        TimeoutRejectedException or HttpRequestException or IOException or AmazonClientException => true,
        _ => false,
    };
}
