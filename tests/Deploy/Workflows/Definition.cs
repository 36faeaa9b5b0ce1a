using System.Text.Json.Nodes;

namespace Recommendation.Deploy.Tests.Workflows;

/// <summary>A definition in the states language, and what is wrong with its structure.</summary>
internal static class Definition
{
    private static readonly Dictionary<string, string[]> s_members = new(StringComparer.Ordinal)
    {
        ["Task"] = ["Resource", "Arguments", "Output", "TimeoutSeconds", "Retry", "Catch", "Next", "End"],
        ["Choice"] = ["Choices", "Default"],
        ["Map"] =
        [
            "Label",
            "MaxConcurrency",
            "ToleratedFailurePercentage",
            "ItemReader",
            "ItemProcessor",
            "ResultWriter",
            "Output",
            "Catch",
            "Next",
            "End",
        ],
        ["Pass"] = ["Output", "Next", "End"],
        ["Wait"] = ["Seconds", "Next", "End"],
        ["Succeed"] = [],
        ["Fail"] = ["Error", "Cause"],
    };

    internal static IEnumerable<string> Problems(JsonObject machine)
    {
        var states = machine["States"]!.AsObject();
        var start = (string)machine["StartAt"]!;
        foreach (var (name, state) in states)
        {
            var type = (string)state!["Type"]!;
            if (!s_members.TryGetValue(type, out var members))
            {
                yield return $"{name} is of no type: {type}";
                continue;
            }
            foreach (var member in state.AsObject().Select(pair => pair.Key).Except([.. members, "Type", "Comment"]))
                yield return $"{name}: a {type} has no {member}.";
            if (type is "Task" or "Map" or "Pass" or "Wait" && state["Next"] is null == (state["End"] is null))
                yield return $"{name} leads nowhere, or to two places.";
            if (type == "Choice" && state["Default"] is null)
                yield return $"{name} has no default.";
            foreach (var next in Nexts(state).Where(next => !states.ContainsKey(next)))
                yield return $"{name} leads to {next}, which is not there.";
            if (type == "Task" && state["Retry"] is null)
                yield return $"{name} is not retried.";
            foreach (var problem in state["ItemProcessor"] is JsonObject inner ? Problems(inner) : [])
                yield return problem;
        }
        foreach (var name in states.Select(pair => pair.Key).Except(Reachable(states, start)))
            yield return $"{name} is never reached.";
    }

    private static HashSet<string> Reachable(JsonObject states, string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var name))
        {
            if (states[name] is { } state && reached.Add(name))
            {
                foreach (var next in Nexts(state))
                    open.Push(next);
            }
        }
        return reached;
    }

    private static IEnumerable<string> Nexts(JsonNode state) =>
        new[] { state["Next"], state["Default"] }
            .Concat((state["Choices"]?.AsArray() ?? []).Select(choice => choice!["Next"]))
            .Concat((state["Catch"]?.AsArray() ?? []).Select(caught => caught!["Next"]))
            .OfType<JsonValue>().Select(next => (string)next!);
}
