using Amazon.CDK;
using Constructs;

namespace Recommendation.Deploy;

/// <summary>
/// Findings of the template checks that are meant to be as they are, each with its reason. They stand in the template's
/// metadata, in the form that cdk-nag reads; … in a rule stands for anything.
/// </summary>
internal static class Findings
{
    private const string Key = "cdk_nag";

    internal static void Accept(CfnResource resource, string rule, string reason)
    {
        var accepted =
            resource.GetMetadata(Key) is Dictionary<string, object> stored
            && stored["rules_to_suppress"] is object[] rules
                ? rules
                : [];
        resource.AddMetadata(
            Key,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["rules_to_suppress"] = accepted
                    .Append(
                        new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = rule, ["reason"] = reason }
                    )
                    .ToArray(),
            }
        );
    }

    /// <summary>Rights on what lies under a prefix.</summary>
    internal static void AcceptPrefixes(IConstruct policy) =>
        Accept(
            policy,
            "AwsSolutions-IAM5[Resource::<…Arn>/…/*]",
            "Objects have no ARN before they are written; each right is for one prefix."
        );

    /// <summary>For the resource that a construct of the library stands for.</summary>
    internal static void Accept(IConstruct construct, string rule, string reason) =>
        Accept((CfnResource)construct.Node.DefaultChild!, rule, reason);
}
