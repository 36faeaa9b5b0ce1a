using System.Text.Json;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.StepFunctions;

/// <summary>Batch runs as executions of the deployed state machine, named <c>{runId}-{attempt}</c>.</summary>
public sealed class BatchExecutions : IDisposable
{
    private readonly AmazonStepFunctionsClient _client;
    private readonly string _stateMachine;

    internal BatchExecutions(AmazonStepFunctionsClient client, AwsOptions options)
    {
        _client = client;
        _stateMachine = options.StateMachineArn!;
    }

    private static string Subject => "The state machine of batch runs";

    /// <summary>Starts an attempt at a run; starting the same one again finds the first start.</summary>
    /// <param name="run">The run; the execution's input is <c>{"runId":"…"}</c>, with <c>"users":["…"]</c> where they
    /// are given.</param>
    /// <param name="attempt">Which start of the run this is, from 1.</param>
    /// <param name="cancellationToken">Stops waiting; the execution may start all the same.</param>
    /// <param name="users">Whom to rank; null for all who are active.</param>
    /// <returns>The execution's ARN.</returns>
    /// <exception cref="RefusedException">An execution of that name has ended already.</exception>
    /// <exception cref="StoreUnavailableException">The state machine did not answer.</exception>
    public async Task<string> StartAsync(
        BatchRunId run, int attempt, CancellationToken cancellationToken, IReadOnlyCollection<UserId>? users = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        var request = new StartExecutionRequest
        {
            StateMachineArn = _stateMachine,
            Name = NameOf(run, attempt),
            Input = InputOf(run, users),
        };
        try
        {
            return (await _client.StartExecutionAsync(request, cancellationToken)).ExecutionArn;
        }
        catch (AmazonServiceException problem) when (problem is { ErrorCode: "ExecutionAlreadyExists" })
        {
            throw new RefusedException(
                $"Attempt {attempt} of run {run} was started before and has ended; start the next attempt."
            );
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(Subject);
        }
    }

    /// <summary>
    /// How an attempt is: <c>RUNNING</c>, <c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c> or <c>ABORTED</c>; null
    /// where it was never started.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The state machine did not answer.</exception>
    public async Task<BatchExecution?> FindAsync(BatchRunId run, int attempt, CancellationToken cancellationToken)
    {
        var executions = _stateMachine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal);
        var arn = $"{executions}:{NameOf(run, attempt)}";
        try
        {
            var execution = await _client.DescribeExecutionAsync(
                new DescribeExecutionRequest { ExecutionArn = arn },
                cancellationToken
            );
            return new BatchExecution(execution.ExecutionArn, execution.Status, execution.Cause ?? execution.Error);
        }
        catch (AmazonServiceException problem) when (problem is { ErrorCode: "ExecutionDoesNotExist" })
        {
            return null;
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(Subject);
        }
    }

    public void Dispose() => _client.Dispose();

    private static string InputOf(BatchRunId run, IReadOnlyCollection<UserId>? users)
    {
        var chosen = users is null
            ? ""
            : $",\"users\":[{string.Join(',', users.Select(user => $"\"{JsonEncodedText.Encode(user.Value)}\""))}]";
        return $"{{\"runId\":\"{JsonEncodedText.Encode(run.Value)}\"{chosen}}}";
    }

    /// <summary>Names have at most 80 characters; a run id that leaves no room for the attempt loses its end.</summary>
    private static string NameOf(BatchRunId run, int attempt)
    {
        var suffix = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-{attempt}");
        return string.Concat(run.Value.AsSpan(0, Math.Min(run.Value.Length, 80 - suffix.Length)), suffix);
    }
}

/// <summary>An execution of the state machine.</summary>
/// <param name="Reason">Why it failed; null where it did not.</param>
public sealed record BatchExecution(string Arn, string Status, string? Reason);
