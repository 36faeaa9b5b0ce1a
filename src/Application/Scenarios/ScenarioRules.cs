using Recommendation.Application.Ports;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Applies the rules of a scenario to one candidate after the other.</summary>
internal sealed class ScenarioRules(CompiledScenario scenario, ConditionScope scope, bool variantsAsOne)
{
    /// <param name="item">The candidate.</param>
    /// <param name="source">Where the list comes from.</param>
    /// <param name="known">What the catalogue says of it; null if it does not know the item.</param>
    internal Candidate Apply(RankedItem item, ListSource source, CatalogItem? known)
    {
        var ofItem = scope with { Item = known };
        var score = item.Score.Value;
        List<string>? rules = null;
        for (var i = 0; i < scenario.Boosts.Count; i++)
        {
            if (!scenario.IsBoosted(i, ofItem))
                continue;
            score = scenario.Scenario.Boosts[i].ApplyTo(score);
            (rules ??= []).Add(scenario.BoostTexts[i]);
        }
        var block = (item.Source ?? source) == ListSource.Popular && source != ListSource.Popular ? 1 : 0;
        return new(
            rules is null ? item : item with { Score = Score.Of(score) },
            block,
            scenario.PromotionOf(ofItem),
            scenario.Scenario.Diversity is { By: { } by } ? ValuesOf(known, by) : [],
            rules ?? (IReadOnlyList<string>)[]
        )
        {
            Product = variantsAsOne ? known?.Group : null,
        };
    }

    /// <summary>Whether an item passes the filter of the scenario.</summary>
    internal bool Passes(CatalogItem? item) => scenario.PassesFilter(scope with { Item = item });

    /// <summary>The first promotion that the item belongs to; null for none.</summary>
    internal int? PromotionOf(CatalogItem? item) => scenario.PromotionOf(scope with { Item = item });

    /// <summary>What an index can tell of the filter.</summary>
    internal ItemSelector SelectFilter() => scenario.SelectFilter(scope);

    /// <summary>What an index can tell of a promotion.</summary>
    internal ItemSelector SelectPromotion(int promotion) => scenario.SelectPromotion(promotion, scope);

    private static IReadOnlyList<string> ValuesOf(CatalogItem? item, string attribute) => attribute switch
    {
        _ when item is null => [],
        "categories" => item.Categories,
        "group" => One(item.Group),
        "currency" => One(item.Currency),
        "title" => One(item.Title),
        _ => item.Attributes.GetValueOrDefault(attribute) switch
        {
            { Type: AttributeType.TextList } list => list.Texts,
            { Type: AttributeType.Text } text => [text.Text],
            _ => [],
        },
    };

    private static string[] One(string? value) => value is null ? [] : [value];
}
