using System.Text;
using System.Text.Json.Nodes;

namespace Recommendation.Integration.Tests.Given;

/// <summary>
/// Asks the batch processor for the steps of a run and of a model's promotion, as the state machine does.
/// </summary>
internal static class BatchSteps
{
    /// <summary>A whole run, step by step.</summary>
    internal static async Task RunAsync(Supervised function)
    {
        var plan = await InvokeAsync(function, """{"step":"plan","runId":"by-steps"}""");
        while (!plan["done"]!.GetValue<bool>())
            plan = await InvokeAsync(
                function,
                new JsonObject
                {
                    ["step"] = "plan",
                    ["runId"] = "by-steps",
                    ["continuation"] = plan["continuation"]!.DeepClone(),
                }.ToJsonString()
            );
        for (var segment = 0; segment < plan["segments"]!.GetValue<int>(); segment++)
            Assert.True(
                (await InvokeAsync(function, $$"""{"step":"segment","runId":"by-steps","segment":{{segment}}}"""))[
                    "done"
                ]!.GetValue<bool>()
            );
        var results = await InvokeAsync(function, """{"step":"complete","runId":"by-steps"}""");
        Assert.Equal(860, results["active"]!.GetValue<int>());
    }

    /// <summary>A model measured, and made the current one.</summary>
    internal static async Task PromoteAsync(Supervised function, string version)
    {
        var gate = await InvokeAsync(function, $$"""{"step":"gate","modelVersion":"{{version}}"}""");
        await InvokeAsync(
            function,
            new JsonObject
            {
                ["step"] = "promote",
                ["modelVersion"] = version,
                ["expectedPointer"] = gate["expectedPointer"]?.DeepClone(),
            }.ToJsonString()
        );
    }

    internal static async Task<JsonNode> InvokeAsync(Supervised function, string input)
    {
        var outcome = await function.InvokeAsync(Encoding.UTF8.GetBytes(input));
        Assert.False(outcome.IsError, outcome.Text);
        return JsonNode.Parse(outcome.Text)!;
    }
}
