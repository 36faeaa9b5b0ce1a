using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
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
    CompiledCondition? Filter,
    IReadOnlyList<CompiledCondition> Boosts,
    IReadOnlyList<CompiledCondition> Promotions,
    IReadOnlyDictionary<int, ItemId> Pins
)
{
    private readonly ConditionMemory _conditions =
        new([.. Boosts, .. Promotions, .. Filter is null ? [] : new[] { Filter }]);

    /// <summary>Whether a condition may ask for attributes of the user.</summary>
    internal bool AsksForUser { get; } = new[] { Scenario.Filter }
        .Concat(Scenario.Boosts.Select(boost => boost.When))
        .Concat(Scenario.Promotions.Select(promotion => promotion.Filter))
        .Any(text => text?.Contains("user", StringComparison.Ordinal) == true);

    /// <summary>Whether the scenario does anything with the candidates but to filter them.</summary>
    internal bool HasRules =>
        Boosts.Count > 0 || Promotions.Count > 0 || Pins.Count > 0 || Scenario.Diversity is not null
        || Scenario.Exploration is not null;

    /// <summary>What the list says of an item that a boost moved, by boost.</summary>
    internal IReadOnlyList<string> BoostTexts { get; } = [.. Scenario.Boosts.Select(Describe)];

    internal bool PassesFilter(in ConditionScope scope) =>
        Filter is null || _conditions.Holds(Boosts.Count + Promotions.Count, scope);

    internal bool IsBoosted(int boost, in ConditionScope scope) => _conditions.Holds(boost, scope);

    /// <summary>The first promotion that the item belongs to; null for none.</summary>
    internal int? PromotionOf(in ConditionScope scope)
    {
        for (var i = 0; i < Promotions.Count; i++)
        {
            if (_conditions.Holds(Boosts.Count + i, scope))
                return i;
        }
        return null;
    }

    /// <summary>What an index can tell of the filter.</summary>
    internal ItemSelector SelectFilter(in ConditionScope scope) => Filter?.Select(scope) ?? ItemSelector.All;

    /// <summary>What an index can tell of a promotion.</summary>
    internal ItemSelector SelectPromotion(int promotion, in ConditionScope scope) =>
        Promotions[promotion].Select(scope);

    private static string Describe(Boost boost, int index)
    {
        var factor = string.Create(CultureInfo.InvariantCulture, $"{boost.Multiply:×0.######}");
        var addend = string.Create(CultureInfo.InvariantCulture, $"{boost.Add:+0.######;-0.######}");
        return string.Create(CultureInfo.InvariantCulture, $"boost {index + 1}: {$"{factor} {addend}".Trim()}");
    }
}
