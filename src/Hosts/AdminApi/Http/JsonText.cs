using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recommendation.AdminApi.Http;

internal static partial class JsonText
{
    /// <summary>What is wrong with the JSON, without the names of our types and the places in our code.</summary>
    internal static string Reason(JsonException problem)
    {
        var path = problem.Path is { Length: > 1 } place ? $" at {place}" : "";
        var line = problem.LineNumber is { } number ? $" (line {number + 1})" : "";
        if (Missing().Match(problem.Message) is { Success: true } missing)
            return $"{missing.Groups["names"].Value} is missing{path}{line}.";
        if (Unknown().Match(problem.Message) is { Success: true } unknown)
            return $"the member '{unknown.Groups["name"].Value}' is unknown{line}. Members of this body are "
                + "described in /openapi/v1.json.";
        return problem.InnerException is null && !OurNames().IsMatch(problem.Message)
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

    [GeneratedRegex(
        "missing required properties including: (?<names>'[^.]+')",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Missing();

    // "The JSON property 'user' could not be mapped to any .NET member contained in type '…'."
    [GeneratedRegex(
        "^The JSON property '(?<name>.{0,60}?)' could not be mapped to any",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Unknown();

    [GeneratedRegex(@"\b(?:Recommendation|System)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OurNames();
}
