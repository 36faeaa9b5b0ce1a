using System.Text;
using Recommendation.Deploy.Tests.Given;
using Recommendation.Deploy.Tests.Snapshots;

namespace Recommendation.Deploy.Tests.Permissions;

/// <summary>
/// What the template allows each function is what the functions were seen to call, and what stands explained beside it.
/// </summary>
[Collection(StackCollection.Name)]
public sealed class PermissionTests(Stacks stacks)
{
    private static readonly string[] s_functions =
    [
        "stream-processor",
        "archiver",
        "batch-processor",
        "eraser",
        "admin-api",
    ];

    public static TheoryData<string> Functions => new(s_functions);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_call_that_was_recorded_is_allowed(string function) =>
        Assert.Empty(Calls.Of(function).Except(Allowed(stacks.Full, function)));

    [Theory]
    [MemberData(nameof(Functions))]
    public void What_nobody_calls_is_not_allowed_without_a_reason(string function)
    {
        var reasons = Calls.Uncalled(function);
        foreach (var template in (SynthesizedTemplate[])[stacks.Dev, stacks.Full])
            Assert.Empty(Allowed(template, function).Except(Calls.Of(function)).Except(reasons.Keys));
        Assert.DoesNotContain(reasons.Keys, right => Calls.Of(function).Contains(right));
    }

    [Fact]
    public void Every_reason_is_for_a_right_that_a_function_has()
    {
        var allowed = s_functions
            .SelectMany(function => Allowed(stacks.Full, function).Select(right => $"{function} {right}"))
            .ToHashSet();
        Assert.Empty(
            Calls
                .Reasons()
                .Where(line =>
                    !s_functions.Any(function => line.IsFor(function) && allowed.Contains($"{function} {line.Right}"))
                )
                .Select(line => line.Right.ToString())
        );
    }

    [Fact]
    public void A_star_is_the_resource_only_of_actions_that_know_no_resources()
    {
        string[] without = ["ecr:GetAuthorizationToken", "cloudwatch:PutMetricData"];
        var roles = stacks.Full.All("AWS::IAM::Role").ToList();
        Assert.True(roles.Count > 8);
        foreach (
            var right in roles
                .SelectMany(role => Policies.OfRole(stacks.Full, role))
                .Where(right => right.Resource == "*")
        )
            Assert.True(
                without.Contains(right.Action)
                    || right.Action.StartsWith("xray:", StringComparison.Ordinal)
                    || right.Action.StartsWith("logs:", StringComparison.Ordinal),
                right.ToString()
            );
        // Only log delivery of state machines: its actions know no resources.
        Assert.DoesNotContain(s_functions.SelectMany(function => Allowed(stacks.Full, function)),
            right => right.Resource == "*" && right.Action.StartsWith("logs:", StringComparison.Ordinal));
    }

    [Fact]
    public void No_action_is_a_pattern() =>
        Assert.DoesNotContain(
            stacks.Full.All("AWS::IAM::Role").SelectMany(role => Policies.OfRole(stacks.Full, role)),
            right => right.Action.Contains('*', StringComparison.Ordinal)
        );

    [Fact]
    public void The_documented_table_is_what_the_template_allows()
    {
        var table = new StringBuilder("| Function | Action | Resource | Why |\n|---|---|---|---|\n");
        foreach (var function in s_functions)
        {
            var reasons = Calls.Uncalled(function);
            foreach (var right in Allowed(stacks.Full, function))
                table.Append(
                    null,
                    $"| {function} | `{right.Action}` | `{right.Resource}` | "
                        + $"{reasons.GetValueOrDefault(right, "called")} |\n"
                );
        }
        Committed.CheckSection("docs/permissions.md", "permissions", table.ToString());
    }

    private static IReadOnlyList<Right> Allowed(SynthesizedTemplate template, string function)
    {
        var prefix = template
            .Only("AWS::DynamoDB::Table")
            .Text("TableName")!
            .Replace("-user-profiles", "", StringComparison.Ordinal);
        return
        [
            .. Policies
                .Of(template, $"{prefix}-{function}")
                .Select(right => right with { Resource = Short(right.Resource, prefix) }),
        ];
    }

    /// <summary>Without the environment, as the recorded calls are.</summary>
    private static string Short(string resource, string prefix) =>
        resource switch
        {
            _ when resource == $"endpoint/{prefix}-endpoint" => "endpoint",
            _ => resource
                .Replace($"{prefix}-batch:*", "batch", StringComparison.Ordinal)
                .Replace($"{prefix}-", "", StringComparison.Ordinal),
        };
}
