using System.Text.Json.Serialization;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Scenarios;
using Recommendation.Domain;
using Recommendation.Domain.Scenarios;

namespace Recommendation.AdminApi.Scenarios;

/// <summary>A version of a scenario.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Version">The number of the version, from 1.</param>
/// <param name="At">When it was made.</param>
/// <param name="By">Who made it.</param>
/// <param name="Reason">Why; null if nothing was said.</param>
/// <param name="Scenario">What it says; null if the scenario was deleted.</param>
internal sealed record ScenarioDocument(
    string Name, int Version, string At, string By, string? Reason, Scenario? Scenario)
{
    internal static ScenarioDocument From(ScenarioVersion version) => new(
        version.Name.Value, version.Number, Timestamps.Format(version.At), version.By, version.Reason,
        version.Scenario);
}

/// <summary>Versions of scenarios.</summary>
internal sealed record ScenariosDocument(IReadOnlyList<ScenarioDocument> Scenarios)
{
    internal static ScenariosDocument From(ListedScenarios listed) =>
        new([.. listed.Versions.Select(ScenarioDocument.From)]);
}

/// <summary>A scenario to try.</summary>
/// <param name="Scenario">What it would say.</param>
/// <param name="UserId">Whose list to show; null for somebody of whom nothing is known.</param>
/// <param name="Basket">The items of the basket, for scenarios that find what goes with it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ScenarioPreviewBody(
    Scenario Scenario, string? UserId = null, IReadOnlyList<string>? Basket = null);

/// <summary>The lists before and after a change.</summary>
internal sealed record ScenarioPreviewDocument(ListDocument Before, ListDocument After);
