using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Recommendation.Deploy.Functions;

/// <summary>
/// A log group that keeps its lines for a number of days. It goes with the stack, unless the stack is protected.
/// </summary>
internal sealed class KeptLog : LogGroup
{
    internal KeptLog(Construct scope, string id, string name, int days)
        : base(scope, id, new LogGroupProps { LogGroupName = name, RemovalPolicy = RemovalPolicy.DESTROY })
    {
        ((CfnLogGroup)Node.DefaultChild!).RetentionInDays = days;
    }
}
