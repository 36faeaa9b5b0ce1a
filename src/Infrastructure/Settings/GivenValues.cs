using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Recommendation.Settings;

/// <summary>A value that a file or an environment variable gives.</summary>
/// <param name="Path">Its place, with dots between the names.</param>
/// <param name="Text">The value; null for JSON's null.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record GivenValue(string Path, string? Text, SettingSource Source)
{
    /// <summary>What the value is called in a message: its place, or the environment variable.</summary>
    internal string Name =>
        Source == SettingSource.Environment
            ? GivenValues.Prefix + Path.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant()
            : Path;
}

/// <summary>Reads the values of the file and of the environment, by place; names are not case-sensitive.</summary>
internal static class GivenValues
{
    internal const string Prefix = "RECOMMENDATION__";

    /// <exception cref="FormatException">The text is not a JSON object; the message says where.</exception>
    internal static IEnumerable<GivenValue> OfFile(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var builder = new ConfigurationBuilder();
        try
        {
            var root = builder.AddJsonStream(stream).Build();
            return
            [
                .. LeavesOf(root).Where(value => !value.Path.Equals("$schema", StringComparison.OrdinalIgnoreCase)),
            ];
        }
        catch (Exception problem) when (problem is FormatException or InvalidDataException or JsonException)
        {
            throw new FormatException(
                $"The settings are not a JSON object. {problem.InnerException?.Message ?? problem.Message}",
                problem
            );
        }
    }

    internal static IEnumerable<GivenValue> OfEnvironment(IReadOnlyDictionary<string, string> environment) =>
        environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => new GivenValue(
                variable.Key[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal),
                variable.Value,
                SettingSource.Environment
            ))
            .OrderBy(value => value.Path, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<GivenValue> LeavesOf(IConfiguration section)
    {
        foreach (var child in section.GetChildren())
        {
            if (child.GetChildren().Any())
            {
                foreach (var leaf in LeavesOf(child))
                    yield return leaf;
            }
            else
            {
                yield return new GivenValue(child.Path.Replace(':', '.'), child.Value, SettingSource.File);
            }
        }
    }
}
