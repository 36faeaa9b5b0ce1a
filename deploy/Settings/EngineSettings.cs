using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recommendation.Deploy.Settings;

/// <summary>
/// The engine's own settings, <c>recommendation.json</c>, as the functions and the training job get them.
/// </summary>
internal static class EngineSettings
{
    /// <summary>The context that names the file: <c>-c settings=recommendation.json</c>.</summary>
    internal const string Key = "settings";

    /// <summary>What a hyperparameter of a training job can hold.</summary>
    private const int MaximumLength = 2500;

    private static readonly JsonDocumentOptions s_lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <returns>The content without spaces and comments; null if there are problems.</returns>
    internal static string? Read(string path, List<string> problems)
    {
        try
        {
            var text = File.ReadAllText(path);
            var found = Recommendation.Settings.SettingsReader.Read(text).Problems;
            problems.AddRange(found.Select(problem => $"{path}: {problem}"));
            return found.Count == 0 ? Compact(path, text, problems) : null;
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add($"{Key} is '{path}', which can't be read: {problem.Message}");
            return null;
        }
    }

    private static string? Compact(string path, string text, List<string> problems)
    {
        var content = JsonNode.Parse(text, documentOptions: s_lenient)!.AsObject();
        content.Remove("$schema");
        var compact = content.ToJsonString();
        if (compact.Length <= MaximumLength)
            return compact;
        problems.Add(
            $"{path} has {compact.Length} characters without spaces and comments; a training job takes "
                + $"{MaximumLength} at most. Leave out what is the default."
        );
        return null;
    }
}
