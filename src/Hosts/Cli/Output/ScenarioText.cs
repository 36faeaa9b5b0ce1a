using System.Globalization;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Cli.Output;

/// <summary>The rules of a scenario in a few words.</summary>
internal static class ScenarioText
{
    private const int MostOfCondition = 48;

    internal static string Of(Scenario scenario) => string.Join("; ", Parts(scenario));

    private static IEnumerable<string> Parts(Scenario scenario)
    {
        var window = scenario.Window is null ? "" : $" of a {scenario.Window}";
        yield return Invariant($"{scenario.N} {scenario.Source}{window}");
        if (scenario.Filter is { } filter)
            yield return $"only {Short(filter)}";
        if (scenario.Boosts.Count > 0)
            yield return Counted(scenario.Boosts.Count, "boost");
        if (scenario.Pins.Count > 0)
            yield return Counted(scenario.Pins.Count, "pin");
        foreach (var promotion in scenario.Promotions)
            yield return Invariant($"{100 * promotion.Share:0.#} % {Short(promotion.Filter)}");
        if (scenario.Diversity is { By: not null } diversity)
            yield return Invariant($"at most {diversity.Max} in {diversity.Window} by {diversity.By}");
        if (scenario.Diversity?.Similarity is { } similarity)
            yield return Invariant($"diversity by similarity {similarity:0.##}");
        if (scenario.Exploration is { } exploration)
            yield return Invariant($"{100 * exploration.Share:0.#} % new items");
        if (scenario.Repeats is { } repeats)
            yield return repeats ? "with repeats" : "without repeats";
        if (!scenario.FillUp)
            yield return "not filled up";
    }

    private static string Counted(int count, string what) => Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Short(string condition) =>
        condition.Length <= MostOfCondition ? condition : condition[..(MostOfCondition - 1)] + "…";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
