using System.Text.Json;

namespace Recommendation.Deploy.Settings;

/// <summary>
/// The context that the CDK command line hands over: <c>-c key=value</c>, cdk.json, cdk.context.json.
/// </summary>
internal static class CommandLineContext
{
    /// <param name="json">An object; null where the program runs without the command line.</param>
    /// <returns>Its members that are texts, numbers and switches; what CDK keeps for itself in objects and lists is
    /// left out.</returns>
    internal static IReadOnlyDictionary<string, string> Read(string? json)
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json is null)
            return context;
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.String)
                context[member.Name] = member.Value.GetString()!;
            else if (member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                context[member.Name] = member.Value.GetRawText();
        }
        return context;
    }
}
