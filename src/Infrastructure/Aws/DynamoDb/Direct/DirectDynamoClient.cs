using System.Runtime.ExceptionServices;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Recommendation.Aws.DynamoDb.Direct;

/// <summary>
/// The SDK's client with a shorter way beside it, for requests that are written already: a first attempt on a
/// connection of its own, to where the SDK's requests go and signed as they are. Whatever does not succeed there goes
/// the SDK's way, as its second attempt (decision 0009).
/// </summary>
internal sealed class DirectDynamoClient : AmazonDynamoDBClient
{
    // Initialised before the base class's constructor, which asks for the pipeline.
    private readonly RouteObserver _route = new();
    private readonly DirectSender _sender = new();

    internal DirectDynamoClient(AmazonDynamoDBConfig config) : base(config)
    {
    }

    internal DirectDynamoClient(AWSCredentials credentials, AmazonDynamoDBConfig config) : base(credentials, config)
    {
    }

    /// <returns>The body of the answer.</returns>
    /// <param name="operation">What is asked.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="body">The request; must stay as it is until this has returned.</param>
    /// <param name="backoff">Waits before the second attempt.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AmazonServiceException">The service answered with an error, as often as it was
    /// asked.</exception>
    internal async Task<ReadOnlyMemory<byte>> SendAsync(
        DirectOperation operation,
        string table,
        ReadOnlyMemory<byte> body,
        Backoff backoff,
        CancellationToken cancellationToken
    )
    {
        var isRetry = false;
        if (_route.Latest is { } route)
        {
            var attempt = await _sender.SendAsync(route, operation, body, Config, cancellationToken);
            if (attempt.Failure is null)
                return attempt.Answer;
            if (attempt.IsFinal || Config.MaxErrorRetry == 0)
                ExceptionDispatchInfo.Throw(attempt.Failure);
            await backoff.WaitAsync(0, cancellationToken);
            isRetry = true;
        }
        var response = await InvokeAsync<DirectResponse>(
            operation.Describe(table),
            new DirectInvocation(operation, body, isRetry),
            cancellationToken
        );
        return response.Body;
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerAfter<Signer>(_route);
        pipeline.AddHandlerBefore<RetryHandler>(new FirstAttemptCounter());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _sender.Dispose();
        base.Dispose(disposing);
    }
}
