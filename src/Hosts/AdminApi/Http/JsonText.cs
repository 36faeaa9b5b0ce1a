using System.Text.Json;

namespace Recommendation.AdminApi.Http;

internal static class JsonText
{
    /// <summary>What is wrong with the JSON, without the names of our types and the places in our code.</summary>
    internal static string Reason(JsonException problem)
    {
        var path = problem.Path is { Length: > 1 } place ? $" at {place}" : "";
        var line = problem.LineNumber is { } number ? $" (line {number + 1})" : "";
        return problem.InnerException is null && !problem.Message.Contains("Recommendation.", StringComparison.Ordinal)
            ? $"{Head(problem.Message)}{line}"
            : $"a value of the wrong kind{path}{line}.";
    }

    private static string Head(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        if (end < 0)
            end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
