using System.Collections;
using Microsoft.Extensions.Options;

namespace Recommendation.Settings;

/// <summary>Finds the settings of a host.</summary>
public static class SettingsSource
{
    /// <summary>The name of the file in a data folder.</summary>
    public const string FileName = "recommendation.json";

    /// <summary>The variable that holds the settings themselves or the path of the file.</summary>
    public const string Variable = "RECOMMENDATION_SETTINGS";

    /// <summary>
    /// The settings of this process: the file named; else what <see cref="Variable"/> holds; else the data folder's
    /// file if there is one. Environment variables count over it.
    /// </summary>
    /// <param name="file">The file named on a command line; null if none is.</param>
    /// <param name="folder">The data folder; null on a platform without one.</param>
    /// <param name="setting">Gives an environment variable by its name; null for the process's.</param>
    /// <exception cref="OptionsValidationException">The settings can't be read or used; every problem is
    /// named.</exception>
    public static ReadSettings Read(string? file = null, string? folder = null, Func<string, string?>? setting = null)
    {
        var json = Find(file, folder, setting ?? Environment.GetEnvironmentVariable);
        return SettingsReader.Read(json, ProcessVariables());
    }

    private static string? Find(string? file, string? folder, Func<string, string?> setting)
    {
        if (file is not null)
            return ReadFile(file);
        if (setting(Variable) is { Length: > 0 } given)
            return given.TrimStart().StartsWith('{') ? given : ReadFile(given);
        var path = folder is null ? null : Path.Combine(folder, FileName);
        return path is not null && File.Exists(path) ? ReadFile(path) : null;
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OptionsValidationException(
                nameof(RecommendationSettings),
                typeof(RecommendationSettings),
                [$"The settings file '{path}' can't be read: {problem.Message}"]
            );
        }
    }

    private static Dictionary<string, string> ProcessVariables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(
                variable => (string)variable.Key,
                variable => (string?)variable.Value ?? "",
                StringComparer.Ordinal
            );
}
