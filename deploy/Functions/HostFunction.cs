using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Recommendation.Deploy.Settings;

namespace Recommendation.Deploy.Functions;

/// <summary>A function that runs one of the hosts, with a role and a log group of its own.</summary>
internal sealed class HostFunction : Construct
{
    internal HostFunction(Construct scope, string id, HostFunctionProps props)
        : base(scope, id)
    {
        var logs = new KeptLog(this, "Logs", $"/aws/lambda/{props.Name}", props.Settings.LogDays);
        Role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            Description = $"What {props.Name} may do",
        });
        Role.AddToPolicy(Permissions.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], logs.LogGroupArn));
        foreach (var statement in props.Permissions)
            Role.AddToPolicy(statement);
        Function = new Function(this, "Function", new FunctionProps
        {
            FunctionName = props.Name,
            Description = props.Description,
            Runtime = Runtime.PROVIDED_AL2023,
            Architecture = props.Settings.Architecture is "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
            Handler = "bootstrap",
            Code = Code.FromAsset(props.Assets),
            Role = Role,
            LogGroup = logs,
            MemorySize = props.MemoryMegabytes,
            Timeout = Duration.Seconds(props.TimeoutSeconds),
            ReservedConcurrentExecutions = props.ReservedConcurrency is > 0 ? props.ReservedConcurrency : null,
            Tracing = Tracing.ACTIVE,
            Environment = props.Environment,
        });
        Policy = (Role.Node.TryFindChild("DefaultPolicy") as Policy)!;
        Findings.Accept(Policy, "AwsSolutions-IAM5[Resource::*]", "X-Ray's two actions know no resources.");
        Findings.Accept(
            Function,
            "Serverless-LambdaDLQ",
            "Nobody calls it asynchronously; who calls it keeps what it failed on."
        );
    }

    internal Function Function { get; }

    internal Role Role { get; }

    /// <summary>Must be in force before what uses the role is made.</summary>
    internal Policy Policy { get; }
}

/// <param name="Assets">The folder with <c>bootstrap</c>.</param>
/// <param name="Permissions">What it may do beside writing its log and traces.</param>
/// <param name="ReservedConcurrency">Null or 0 reserves none.</param>
internal sealed record HostFunctionProps(
    string Name,
    string Description,
    string Assets,
    FunctionSettings Settings,
    int MemoryMegabytes,
    int TimeoutSeconds,
    IReadOnlyList<PolicyStatement> Permissions,
    IDictionary<string, string> Environment,
    int? ReservedConcurrency = null
);
