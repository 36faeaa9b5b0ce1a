using System.Text.Json.Nodes;

namespace Recommendation.Deploy.Tests.Given;

/// <summary>A CloudFormation template.</summary>
internal sealed record SynthesizedTemplate(string File, JsonObject Json)
{
    internal IEnumerable<Resource> Resources =>
        ((JsonObject)Json["Resources"]!).Select(member => new Resource(
            member.Key,
            (string)member.Value!["Type"]!,
            (JsonObject)member.Value
        ));

    internal JsonObject Outputs => (JsonObject)Json["Outputs"]!;

    internal IEnumerable<Resource> All(string type) => Resources.Where(resource => resource.Type == type);

    internal Resource Only(string type) => All(type).Single();

    /// <summary>The one whose property has the value.</summary>
    internal Resource Named(string type, string property, string value) =>
        All(type).Single(resource => resource.Properties[property] is JsonValue found && found.ToString() == value);

    internal Resource Function(string name) => Named("AWS::Lambda::Function", "FunctionName", name);

    internal Resource Alarm(string name) => Named("AWS::CloudWatch::Alarm", "AlarmName", name);

    internal Resource Find(string logicalId) => Resources.Single(resource => resource.Id == logicalId);
}

/// <summary>A resource of a template.</summary>
internal sealed record Resource(string Id, string Type, JsonObject Json)
{
    internal JsonObject Properties => Json["Properties"] as JsonObject ?? [];

    /// <summary>What is at a path of members and indexes; null where there is nothing.</summary>
    internal JsonNode? At(params object[] path) => path.Aggregate((JsonNode?)Properties, (node, step) => step switch
    {
        int index => node is JsonArray array && index < array.Count ? array[index] : null,
        _ => (node as JsonObject)?[(string)step],
    });

    internal string? Text(params object[] path) => At(path)?.ToString();

    internal string? DeletionPolicy => (string?)Json["DeletionPolicy"];
}
