using Amazon.CDK;
using Constructs;

namespace Recommendation.Deploy;

/// <summary>ARNs of what is named before it is made, or made by others.</summary>
internal static class Arns
{
    internal static string Endpoint(Construct scope, string name) => Of(scope, "sagemaker", "endpoint", name);

    internal static string StateMachine(Construct scope, string name) =>
        Of(scope, "states", "stateMachine", name, ArnFormat.COLON_RESOURCE_NAME);

    internal static string Executions(Construct scope, string machine) =>
        Of(scope, "states", "execution", $"{machine}:*", ArnFormat.COLON_RESOURCE_NAME);

    internal static string MapExecutions(Construct scope, string machine) =>
        Of(scope, "states", "execution", $"{machine}/segments:*", ArnFormat.COLON_RESOURCE_NAME);

    internal static string Of(
        Construct scope,
        string service,
        string resource,
        string name,
        ArnFormat format = ArnFormat.SLASH_RESOURCE_NAME
    ) =>
        Stack
            .Of(scope)
            .FormatArn(
                new ArnComponents
                {
                    Service = service,
                    Resource = resource,
                    ResourceName = name,
                    ArnFormat = format,
                }
            );
}
