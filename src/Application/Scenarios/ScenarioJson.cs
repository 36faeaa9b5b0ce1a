using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Scenarios as JSON: as they are stored, sent and written by people. There is one form.</summary>
public static class ScenarioJson
{
    // Conditions stay readable: no scenario is ever part of a page.
    private static readonly ScenarioJsonContext s_context = new(
        new JsonSerializerOptions(ScenarioJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>Reads a scenario that somebody wrote.</summary>
    /// <exception cref="RefusedException">It is no scenario; the message says where and why.</exception>
    public static Scenario Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, s_context.Scenario)
                ?? throw new RefusedException("The scenario is null; give an object.");
        }
        catch (JsonException problem)
        {
            var place = problem.Path is null or "$" ? "" : $" at {problem.Path}";
            throw new RefusedException(
                $"The scenario can't be read{place}: {problem.Message.Split(" Path:")[0].TrimEnd('.')}.");
        }
    }

    /// <summary>Writes a scenario, indented.</summary>
    public static byte[] Write(Scenario scenario) => JsonSerializer.SerializeToUtf8Bytes(scenario, s_context.Scenario);

    /// <summary>Writes a version to be stored.</summary>
    public static byte[] WriteVersion(ScenarioVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return JsonSerializer.SerializeToUtf8Bytes(
            new StoredScenario(
                1, version.Name.Value, version.Number, Timestamps.Format(version.At), version.By, version.Reason,
                version.Scenario),
            s_context.StoredScenario
        );
    }

    /// <exception cref="StoredFormatException">The version is damaged, or of a later format.</exception>
    public static ScenarioVersion ReadVersion(ReadOnlySpan<byte> json)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(json, s_context.StoredScenario);
            if (stored is not { Format: 1 } || Timestamps.Parse(stored.At) is not { } at)
                throw new StoredFormatException("A scenario is of a format that this program does not know.");
            return new(ScenarioName.Parse(stored.Name), stored.Number, at, stored.By, stored.Reason, stored.Scenario);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new StoredFormatException("A scenario that is stored is damaged.", problem);
        }
    }
}

/// <summary>A version as it is stored.</summary>
internal sealed record StoredScenario(
    int Format, string Name, int Number, string At, string By, string? Reason = null, Scenario? Scenario = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Scenario))]
[JsonSerializable(typeof(StoredScenario))]
internal sealed partial class ScenarioJsonContext : JsonSerializerContext;
