using System.Text.Json;
using Amazon.Runtime;
using Recommendation.Aws.Clients;

namespace Amazon.StepFunctions.Model;

/// <summary>Starts an execution of a state machine; the same name and input again give the same execution.</summary>
internal sealed class StartExecutionRequest : AmazonWebServiceRequest
{
    public required string StateMachineArn { get; init; }

    public required string Name { get; init; }

    /// <summary>A JSON text.</summary>
    public required string Input { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("stateMachineArn"u8, StateMachineArn);
        writer.WriteString("name"u8, Name);
        writer.WriteString("input"u8, Input);
    }
}

/// <summary>The execution that was started.</summary>
internal sealed class StartExecutionResponse : AmazonWebServiceResponse
{
    public string ExecutionArn { get; init; } = "";

    public DateTime? StartDate { get; init; }

    internal static StartExecutionResponse Read(JsonElement json) =>
        new() { ExecutionArn = json.GetProperty("executionArn"u8).GetString()!, StartDate = json.Time("startDate") };
}

/// <summary>Asks how an execution is.</summary>
internal sealed class DescribeExecutionRequest : AmazonWebServiceRequest
{
    public required string ExecutionArn { get; init; }

    internal void Write(Utf8JsonWriter writer) => writer.WriteString("executionArn"u8, ExecutionArn);
}

/// <summary>How an execution is.</summary>
internal sealed class DescribeExecutionResponse : AmazonWebServiceResponse
{
    public string ExecutionArn { get; init; } = "";

    /// <summary>
    /// <c>RUNNING</c>, <c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c>, <c>ABORTED</c> or <c>PENDING_REDRIVE</c>.
    /// </summary>
    public string Status { get; init; } = "";

    public string? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    public DateTime? StartDate { get; init; }

    public DateTime? StopDate { get; init; }

    internal static DescribeExecutionResponse Read(JsonElement json) => new()
    {
        ExecutionArn = json.GetProperty("executionArn"u8).GetString()!,
        Status = json.GetProperty("status"u8).GetString()!,
        Output = json.Text("output"),
        Error = json.Text("error"),
        Cause = json.Text("cause"),
        StartDate = json.Time("startDate"),
        StopDate = json.Time("stopDate"),
    };
}
