using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;

namespace Recommendation.Aws.StepFunctions;

/// <summary>Erasures as executions of the deployed state machine, each named as the erasure.</summary>
public sealed class ErasureExecutions : IDisposable
{
    private readonly AmazonStepFunctionsClient _client;
    private readonly string _stateMachine;

    internal ErasureExecutions(AmazonStepFunctionsClient client, AwsOptions options)
    {
        _client = client;
        _stateMachine = options.ErasureMachineArn!;
    }

    /// <summary>Starts the execution that carries an erasure out; starting it again changes nothing.</summary>
    /// <exception cref="StoreUnavailableException">The state machine did not answer; its schedule carries the erasure
    /// out all the same.</exception>
    public async Task StartAsync(ErasureId id, CancellationToken cancellationToken)
    {
        var request = new StartExecutionRequest
        {
            StateMachineArn = _stateMachine,
            Name = id.Value,
            Input = $"{{\"erasureId\":\"{id}\"}}",
        };
        try
        {
            await _client.StartExecutionAsync(request, cancellationToken);
        }
        catch (AmazonServiceException problem) when (problem is { ErrorCode: "ExecutionAlreadyExists" })
        {
            return; // It was started before.
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault("The state machine of erasures");
        }
    }

    public void Dispose() => _client.Dispose();
}
