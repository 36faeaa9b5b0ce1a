namespace Amazon.Lambda.Core;

/// <summary>What Lambda says about an invocation; the part of the official interface that the hosts use.</summary>
public interface ILambdaContext
{
    /// <summary>Stays the same when Lambda repeats an asynchronous invocation.</summary>
    string AwsRequestId { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>Time until Lambda ends the process; never negative.</summary>
    TimeSpan RemainingTime { get; }
}
