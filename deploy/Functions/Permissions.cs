using Amazon.CDK.AWS.IAM;

namespace Recommendation.Deploy.Functions;

/// <summary>
/// Statements of policies. What each function calls is recorded in tests/Integration/calls and compared with them.
/// </summary>
internal static class Permissions
{
    internal static PolicyStatement Allow(string[] actions, params string[] resources) =>
        new(new PolicyStatementProps { Effect = Effect.ALLOW, Actions = actions, Resources = resources });
}
