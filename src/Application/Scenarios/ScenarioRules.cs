using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Applies the rules of a scenario to one candidate after the other.</summary>
internal sealed class ScenarioRules(CompiledScenario scenario, ConditionScope scope)
{
    /// <param name="item">The candidate.</param>
    /// <param name="source">Where the list comes from.</param>
    /// <param name="known">What the catalogue says of it; null if it does not know the item.</param>
    internal Candidate Apply(RankedItem item, ListSource source, CatalogItem? known)
    {
        var score = item.Score.Value;
        List<string>? rules = null;
        for (var i = 0; i < scenario.Boosts.Count; i++)
        {
            if (!scenario.Boosts[i](scope with { Item = known }))
                continue;
            score = scenario.Scenario.Boosts[i].ApplyTo(score);
            (rules ??= []).Add($"boost {i + 1}: {Describe(scenario.Scenario.Boosts[i])}");
        }
        var block = (item.Source ?? source) == ListSource.Popular && source != ListSource.Popular ? 1 : 0;
        return new(
            rules is null ? item : item with { Score = Score.Of(score) },
            block,
            PromotionOf(known),
            scenario.Scenario.Diversity is { By: var by } ? ValuesOf(known, by) : [],
            rules ?? (IReadOnlyList<string>)[]
        );
    }

    /// <summary>The first promotion that the item belongs to; null for none.</summary>
    internal int? PromotionOf(CatalogItem? item)
    {
        for (var i = 0; i < scenario.Promotions.Count; i++)
        {
            if (scenario.Promotions[i](scope with { Item = item }))
                return i;
        }
        return null;
    }

    private static IReadOnlyList<string> ValuesOf(CatalogItem? item, string attribute) =>
        item is null
            ? []
            : attribute switch
            {
                "categories" => item.Categories,
                "group" => One(item.Group),
                "currency" => One(item.Currency),
                "title" => One(item.Title),
                _ when !item.Attributes.TryGetValue(attribute, out var value) => [],
                _ => item.Attributes[attribute] is { Type: AttributeType.TextList } list ? list.Texts
                : item.Attributes[attribute] is { Type: AttributeType.Text } text ? [text.Text]
                : [],
            };

    private static string[] One(string? value) => value is null ? [] : [value];

    private static string Describe(Boost boost)
    {
        var factor = string.Create(CultureInfo.InvariantCulture, $"{boost.Multiply:×0.######}");
        var addend = string.Create(CultureInfo.InvariantCulture, $"{boost.Add:+0.######;-0.######}");
        return $"{factor} {addend}".Trim();
    }
}
