using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>A scenario whose conditions are compiled and whose rules are checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">The number of its version; 0 for one that is not stored.</param>
/// <param name="Scenario">What it says.</param>
/// <param name="Filter">The condition that every item meets; null for none.</param>
/// <param name="Boosts">The conditions of the boosts.</param>
/// <param name="Promotions">The conditions of the promotions.</param>
/// <param name="Pins">The pinned items by place, from 0.</param>
internal sealed record CompiledScenario(
    ScenarioName Name,
    int Number,
    Scenario Scenario,
    Condition? Filter,
    IReadOnlyList<Condition> Boosts,
    IReadOnlyList<Condition> Promotions,
    IReadOnlyDictionary<int, ItemId> Pins
)
{
    /// <summary>Whether a condition may ask for attributes of the user.</summary>
    internal bool AsksForUser { get; } = new[] { Scenario.Filter }
        .Concat(Scenario.Boosts.Select(boost => boost.When))
        .Concat(Scenario.Promotions.Select(promotion => promotion.Filter))
        .Any(text => text?.Contains("user", StringComparison.Ordinal) == true);

    /// <summary>Whether the scenario does anything with the candidates but to filter them.</summary>
    internal bool HasRules =>
        Boosts.Count > 0 || Promotions.Count > 0 || Pins.Count > 0 || Scenario.Diversity is not null;
}
