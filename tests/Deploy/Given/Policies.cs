using System.Text.Json.Nodes;

namespace Recommendation.Deploy.Tests.Given;

/// <summary>An action on a resource, as a policy allows it or a host calls it.</summary>
/// <param name="Resource">In short: <c>table</c>, <c>index/active-users</c>, <c>bucket</c>, <c>bucket/models/*</c>,
/// <c>stream</c> …</param>
internal sealed record Right(string Action, string Resource) : IComparable<Right>
{
    public int CompareTo(Right? other) =>
        string.CompareOrdinal($"{Action} {Resource}", $"{other?.Action} {other?.Resource}");

    public override string ToString() => $"{Action} {Resource}";
}

/// <summary>What the roles of a template may do.</summary>
internal static class Policies
{
    internal static IReadOnlyList<Right> Of(SynthesizedTemplate template, string function) =>
        OfRole(template, template.Find(template.Function(function).Text("Role", "Fn::GetAtt", 0)!));

    internal static IReadOnlyList<Right> OfRole(SynthesizedTemplate template, string description) =>
        OfRole(template, template.Named("AWS::IAM::Role", "Description", description));

    internal static IReadOnlyList<Right> OfRole(SynthesizedTemplate template, Resource role) =>
    [
        .. template.All("AWS::IAM::Policy")
            .Where(policy => policy.At("Roles")!.AsArray().Any(attached => (string?)attached!["Ref"] == role.Id))
            .SelectMany(policy => policy.At("PolicyDocument", "Statement")!.AsArray())
            .SelectMany(statement => Rights(template, statement!))
            .Distinct().Order(),
    ];

    private static IEnumerable<Right> Rights(SynthesizedTemplate template, JsonNode statement)
    {
        Assert.Equal("Allow", (string)statement["Effect"]!);
        return from action in Many(statement["Action"]!)
               from resource in Many(statement["Resource"]!)
               select new Right((string)action!, Arn(template, resource!));
    }

    private static IEnumerable<JsonNode?> Many(JsonNode node) =>
        node is JsonArray many ? many : Enumerable.Repeat<JsonNode?>(node, 1);

    /// <summary>An ARN in short.</summary>
    internal static string Arn(SynthesizedTemplate template, JsonNode arn) =>
        arn switch
        {
            JsonValue text => (string)text!,
            JsonObject reference when reference["Fn::GetAtt"] is JsonArray attribute => ShortName(
                template.Find((string)attribute[0]!)
            ),
            JsonObject reference when reference["Ref"] is JsonValue id => ShortName(template.Find((string)id!)),
            JsonObject join when join["Fn::Join"] is JsonArray parts => Joined(template, parts[1]!.AsArray()),
            _ => throw new InvalidDataException($"This is no ARN: {arn.ToJsonString()}"),
        };

    private static string Joined(SynthesizedTemplate template, JsonArray parts)
    {
        // arn:PARTITION:service:region:account:resource, or the ARN of a resource of the template and what is below it.
        if (parts[0] is JsonValue start && ((string)start!).StartsWith("arn:", StringComparison.Ordinal))
        {
            var text = string.Concat(parts.Select(part => part is JsonValue value ? (string)value! : "…"));
            var fields = text.Split(':', 6);
            return fields[5]
                .Replace("stateMachine:", "stateMachine/", StringComparison.Ordinal)
                .Replace("execution:", "execution/", StringComparison.Ordinal)
                .Replace("log-group:", "log-group/", StringComparison.Ordinal);
        }
        var whole = string.Concat(parts.Select((part, i) => i == 0 ? Arn(template, part!) : (string)part!));
        return whole.StartsWith("table/index/", StringComparison.Ordinal) ? whole["table/".Length..] : whole;
    }

    private static string ShortName(Resource resource) => resource.Type switch
    {
        "AWS::DynamoDB::Table" => "table",
        "AWS::Kinesis::Stream" => "stream",
        "AWS::S3::Bucket" => "bucket",
        "AWS::KMS::Key" => "key",
        "AWS::SNS::Topic" => "topic",
        "AWS::Logs::LogGroup" => "log-group/own",
        "AWS::StepFunctions::StateMachine" => $"stateMachine/{resource.Text("StateMachineName")}",
        "AWS::Lambda::Function" => $"function/{resource.Text("FunctionName")}",
        "AWS::IAM::Role" => $"role/{resource.Text("Description")}",
        _ => throw new InvalidDataException($"A right on a {resource.Type} has no short name."),
    };
}
