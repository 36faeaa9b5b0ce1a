using Amazon.Lambda.Core;

namespace Recommendation.Benchmarks.Stream;

/// <summary>An invocation with a minute left.</summary>
internal sealed class BenchmarkInvocation : ILambdaContext, ILambdaLogger
{
    public string AwsRequestId => "00000000-0000-0000-0000-000000000000";

    public string FunctionName => "stream-processor";

    public string FunctionVersion => "1";

    public string InvokedFunctionArn => "";

    public ILambdaLogger Logger => this;

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => TimeSpan.FromMinutes(1);

    public void Log(string message) => LogLine(message);

    public void LogLine(string message)
    {
        // Nobody reads it here.
    }
}
