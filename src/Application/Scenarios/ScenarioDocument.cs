using Recommendation.Domain;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>A version of a scenario.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Version">The number of the version, from 1.</param>
/// <param name="At">When it was made.</param>
/// <param name="By">Who made it.</param>
/// <param name="Reason">Why; null if nothing was said.</param>
/// <param name="Scenario">What it says; null if the scenario was deleted.</param>
public sealed record ScenarioDocument(
    string Name, int Version, string At, string By, string? Reason, Scenario? Scenario)
{
    /// <param name="version">The version.</param>
    public static ScenarioDocument From(ScenarioVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new(
            version.Name.Value, version.Number, Timestamps.Format(version.At), version.By, version.Reason,
            version.Scenario);
    }
}
