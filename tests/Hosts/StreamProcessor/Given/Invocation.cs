using Amazon.Lambda.Core;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>An invocation with as much time left as a test says.</summary>
internal sealed class Invocation(TimeSpan left) : ILambdaContext, ILambdaLogger
{
    public string AwsRequestId => "00000000-0000-0000-0000-000000000001";

    public string FunctionName => "stream-processor";

    public string FunctionVersion => "1";

    public string InvokedFunctionArn => "arn:aws:lambda:us-east-1:123456789012:function:stream-processor";

    public ILambdaLogger Logger => this;

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime { get; } = left;

    public void Log(string message) => LogLine(message);

    public void LogLine(string message)
    {
        // Nobody reads it here.
    }
}
