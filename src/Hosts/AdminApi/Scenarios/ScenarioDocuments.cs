using System.Text.Json.Serialization;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Scenarios;

namespace Recommendation.AdminApi.Scenarios;

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
