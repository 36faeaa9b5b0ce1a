using System.Reflection;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Batch;

/// <summary>
/// A state machine from a definition in a file beside this one, logged and traced, with a role of its own.
/// </summary>
internal sealed class Workflow : Construct
{
    internal Workflow(Construct scope, string id, WorkflowProps props)
        : base(scope, id)
    {
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("states.amazonaws.com"),
            Description = $"What {props.Name} may do",
        });
        foreach (var statement in props.Permissions)
            role.AddToPolicy(statement);
        Machine = new StateMachine(this, "Machine", new StateMachineProps
        {
            StateMachineName = props.Name,
            DefinitionBody = DefinitionBody.FromString(Definition(props.Definition)),
            DefinitionSubstitutions = props.Substitutions,
            Role = role,
            Timeout = Duration.Millis(props.Timeout.TotalMilliseconds),
            TracingEnabled = true,
            Logs = new LogOptions
            {
                // Services that deliver logs share one resource policy; this prefix keeps each group out of it.
                Destination = new KeptLog(
                    this,
                    "Logs",
                    $"/aws/vendedlogs/states/{props.Name}",
                    props.Settings.Functions.LogDays
                ),
                Level = LogLevel.ALL,
                // Inputs may name users.
                IncludeExecutionData = false,
            },
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        Policy = role.Node.FindChild("DefaultPolicy");
        Findings.Accept(Policy, "AwsSolutions-IAM5[Resource::*]", "Log delivery and tracing know no resources.");
    }

    internal StateMachine Machine { get; }

    internal IConstruct Policy { get; }

    /// <summary>A machine that calls one function and tells the topic when that fails.</summary>
    /// <param name="props">Its permissions and what the function, the topic and the names are in the
    /// definition come on top.</param>
    internal static StateMachine OfFunction(
        Construct scope, HostFunction function, Names names, Encryption encryption, Topic topic, WorkflowProps props)
    {
        var substitutions = new Dictionary<string, string>(props.Substitutions, StringComparer.Ordinal)
        {
            ["Function"] = function.Function.FunctionArn,
            ["Topic"] = topic.TopicArn,
            ["Prefix"] = names.Prefix,
        };
        return new Workflow(scope, "StateMachine", props with
        {
            Substitutions = substitutions,
            Permissions =
            [
                Functions.Permissions.Allow(["lambda:InvokeFunction"], function.Function.FunctionArn),
                Functions.Permissions.Allow(["sns:Publish"], topic.TopicArn),
                .. props.Permissions,
                .. encryption.ReadWrite,
            ],
        }).Machine;
    }

    internal static string Definition(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <param name="Definition">The file's name; <c>${…}</c> in it is replaced by the substitutions when
/// the stack is deployed.</param>
internal sealed record WorkflowProps(
    string Name,
    string Definition,
    StackSettings Settings,
    TimeSpan Timeout,
    IDictionary<string, string> Substitutions,
    IReadOnlyList<PolicyStatement> Permissions
);
