using Recommendation.Domain;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Cli.Output;

/// <summary>A version of a scenario.</summary>
internal sealed record ScenarioDocument(
    string Name, int Version, string At, string By, string? Reason, Scenario? Scenario)
{
    internal static ScenarioDocument From(ScenarioVersion version) => new(
        version.Name.Value, version.Number, Timestamps.Format(version.At), version.By, version.Reason,
        version.Scenario);
}

/// <summary>Versions of scenarios.</summary>
internal sealed record ScenariosDocument(IReadOnlyList<ScenarioDocument> Scenarios);
