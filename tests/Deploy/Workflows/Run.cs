using System.Text.Json;
using System.Text.Json.Nodes;
using Recommendation.Deploy.Batch;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Workflows;

/// <summary>An execution in memory.</summary>
internal sealed record Run(JsonNode Json)
{
    internal string Status => (string)Json["end"]!["status"]!;

    internal string? Error => (string?)Json["end"]!["error"];

    internal IEnumerable<string> States => Json["calls"]!.AsArray().Select(call => (string)call!["state"]!);

    /// <summary>What a state's calls were given.</summary>
    internal IEnumerable<JsonNode> Arguments(string state) =>
        Json["calls"]!.AsArray().Where(call => (string)call!["state"]! == state).Select(call => call!["arguments"]!);

    internal IEnumerable<string> Payloads(string state) =>
        Arguments(state).Select(arguments => arguments["Payload"]!.ToJsonString());

    internal static async Task<Run> OfAsync(
        string definition,
        string input,
        string answers,
        string items = "[]",
        string endpoint = "recommendation-dev-endpoint"
    )
    {
        var scenario = new JsonObject
        {
            ["definition"] = Workflow.Definition(definition),
            ["input"] = JsonNode.Parse(input),
            ["items"] = JsonNode.Parse(items),
            ["answers"] = JsonNode.Parse(answers),
            ["substitutions"] = new JsonObject
            {
                ["BatchProcessor"] = "batch-processor",
                ["Function"] = "eraser",
                ["Step"] = "erase",
                ["What"] = "an erasure",
                ["Again"] = "within the hour",
                ["Runbook"] = "erase-a-user",
                ["Error"] = "ErasureFailed",
                ["TrainingDays"] = "90",
                ["TrainingUserPercent"] = "50",
                ["Bucket"] = "bucket",
                ["Topic"] = "topic",
                ["Prefix"] = "recommendation-dev",
                ["Image"] = Stacks.Image,
                ["TrainingRole"] = "training-role",
                ["TrainingInstanceType"] = "ml.m5.xlarge",
                ["TrainingSeconds"] = "3600",
                ["Settings"] = """{\"serving\":{\"repeats\":true}}""",
                ["ServingRole"] = "serving-role",
                ["Endpoint"] = endpoint,
                ["InstanceType"] = "ml.m5.large",
                ["Instances"] = "1",
            },
        };
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new[] { scenario }));
            return new Run((await NodeScripts.RunAsync("Workflows/run-workflow.js", file)).AsArray()[0]!);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
