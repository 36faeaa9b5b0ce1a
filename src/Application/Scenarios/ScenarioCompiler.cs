using FluentValidation;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Checks scenarios and compiles their conditions.</summary>
internal sealed class ScenarioCompiler(
    IExpressionCompiler expressions, IEnumerable<IItemSimilarity> similarity, IEnumerable<INewestItems> newest)
{
    private const int MaximumRules = 20;
    private const int MaximumPlace = 100;
    private const int MaximumWindow = 100;
    private const double MaximumFactor = 1_000;
    private const double MaximumAddend = 1e9;

    /// <summary>
    /// The attributes that diversity may look at, besides texts and lists of texts that are declared.
    /// </summary>
    private static readonly string[] s_diverse = ["categories", "group", "currency", "title"];

    /// <exception cref="ValidationException">A rule is wrong; the message says which and what to do.</exception>
    internal CompiledScenario Compile(ScenarioName name, int number, Scenario scenario, ExpressionSchema schema)
    {
        Check(scenario, schema);
        return new(
            name,
            number,
            scenario,
            scenario.Filter is { } filter ? Condition("filter", filter, schema) : null,
            [.. scenario.Boosts.Select((boost, i) => Condition($"boosts[{i}].when", boost.When, schema))],
            [.. scenario.Promotions.Select((one, i) => Condition($"promotions[{i}].filter", one.Filter, schema))],
            scenario.Pins.Select((pin, i) => (Place: pin.Place - 1, Item: ItemOf(pin, i)))
                .ToDictionary(pin => pin.Place, pin => pin.Item)
        );
    }

    private CompiledCondition Condition(string member, string text, ExpressionSchema schema)
    {
        try
        {
            return expressions.Compile(text, schema);
        }
        catch (InvalidExpressionException problem)
        {
            throw new ValidationException($"{member}: {problem.Message}");
        }
    }

    private void Check(Scenario scenario, ExpressionSchema schema)
    {
        var sources = ScenarioSources.All;
        var known = sources.Contains(scenario.Source, StringComparer.Ordinal);
        Require(known, "source", $"is {string.Join(", ", sources)}");
        Require(
            scenario.Window is null || (scenario.Source is ScenarioSources.Popular
                && PopularInWindow.Windows.ContainsKey(scenario.Window)),
            "window", "is hour, day, week or month, and of the source popular only");
        Require(scenario.N is >= 1 and <= Recommend.MaximumCount, "n", $"is 1–{Recommend.MaximumCount}");
        Require(scenario.Boosts.Count <= MaximumRules, "boosts", $"has at most {MaximumRules} rules");
        foreach (var (i, boost) in scenario.Boosts.Index())
        {
            Require(
                boost.Multiply is null or (>= 0 and <= MaximumFactor),
                $"boosts[{i}].multiply",
                $"is 0–{MaximumFactor}"
            );
            Require(
                boost.Add is null or (>= -MaximumAddend and <= MaximumAddend),
                $"boosts[{i}].add",
                "is a number between -10⁹ and 10⁹"
            );
            Require(boost.Multiply is not null || boost.Add is not null, $"boosts[{i}]", "needs multiply or add");
        }
        Require(scenario.Pins.Count <= MaximumRules, "pins", $"has at most {MaximumRules} items");
        foreach (var (i, pin) in scenario.Pins.Index())
            Require(pin.Place is >= 1 and <= MaximumPlace, $"pins[{i}].place", $"is 1–{MaximumPlace}");
        Require(scenario.Pins.DistinctBy(pin => pin.Place).Count() == scenario.Pins.Count
            && scenario.Pins.DistinctBy(pin => pin.ItemId, StringComparer.Ordinal).Count() == scenario.Pins.Count,
            "pins", "names each item and each place once");
        Require(scenario.Promotions.Count <= MaximumRules, "promotions", $"has at most {MaximumRules} rules");
        foreach (var (i, promotion) in scenario.Promotions.Index())
            Require(promotion.Share is > 0 and <= 1, $"promotions[{i}].share", "is greater than 0 and at most 1");
        if (scenario.Exploration is { } exploration)
        {
            Require(exploration.Share is > 0 and <= 0.5, "exploration.share", "is greater than 0 and at most 0.5");
            Require(exploration.Days is >= 1 and <= 365, "exploration.days", "is 1–365");
            Require(newest.Any(), "exploration", "needs the age of items, which is not known here; leave it out");
        }
        Require(
            scenario.Promotions.Sum(one => one.Share) + (scenario.Exploration?.Share ?? 0) <= 1 + 1e-9,
            "promotions",
            "shares out at most all places, with exploration: the shares add up to at most 1"
        );
        if (scenario.Diversity is { } diversity)
            Check(diversity, schema);
    }

    private void Check(Diversity diversity, ExpressionSchema schema)
    {
        Require(
            diversity.By is not null || diversity.Similarity is not null,
            "diversity",
            "needs by, with max and window, or similarity"
        );
        Require(
            diversity.Similarity is null or (> 0 and <= 1),
            "diversity.similarity",
            "is greater than 0 and at most 1"
        );
        Require(
            diversity.Similarity is null || similarity.Any(),
            "diversity.similarity",
            "needs a model in this process, and here an endpoint ranks; leave it out"
        );
        if (diversity.By is null)
        {
            Require(diversity is { Max: null, Window: null }, "diversity.by", "is needed for max and window");
            return;
        }
        Require(diversity.Max >= 1, "diversity.max", "is at least 1");
        Require(diversity.Window is >= 2 and <= MaximumWindow, "diversity.window", $"is 2–{MaximumWindow}");
        Require(
            s_diverse.Contains(diversity.By, StringComparer.Ordinal)
                || (
                    schema.Items.TryGetValue(diversity.By, out var type)
                    && type is AttributeType.Text or AttributeType.TextList
                ),
            "diversity.by",
            $"is {string.Join(", ", s_diverse)}, or an attribute of items that is a text or a list of texts"
        );
    }

    private static ItemId ItemOf(Pin pin, int index)
    {
        try
        {
            return ItemId.Parse(pin.ItemId);
        }
        catch (ArgumentException problem)
        {
            throw new ValidationException($"pins[{index}].itemId: {problem.Message.Split(" (Parameter")[0]}");
        }
    }

    private static void Require(bool holds, string member, string rule)
    {
        if (!holds)
            throw new ValidationException($"{member} {rule}.");
    }
}
