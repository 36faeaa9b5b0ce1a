using Recommendation.Application.Ports;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Contracts;

/// <summary>What every store of scenarios does.</summary>
public abstract class ScenariosContract : Contract<IScenarios>
{
    private static readonly Scenario s_scenario = new()
    {
        Filter = "item.price < 100.0",
        Boosts = [new Boost("item.available", 1.5, Add: null)],
        Pins = [new Pin("mug", 2)],
        Promotions = [new Promotion("'sale' in item.categories", 0.2)],
        Diversity = new Diversity("categories", 2, 6),
        FillUp = false,
        Repeats = true,
        N = 12,
    };

    [Fact]
    public async Task There_are_none_at_first()
    {
        Assert.Empty(await Port.ReadNewestAsync(None));
        Assert.Empty(await Port.ReadVersionsAsync(ScenarioName.Parse("home"), None));
    }

    [Fact]
    public async Task A_version_comes_back_as_it_was_put()
    {
        Assert.True(await Port.AddAsync(Of("home", 1), None));
        var version = Assert.Single(await Port.ReadNewestAsync(None));
        Same(Of("home", 1), version);
    }

    [Fact]
    public async Task The_newest_version_of_each_is_in_force_and_all_are_kept()
    {
        for (var number = 1; number <= 11; number++)
            Assert.True(await Port.AddAsync(Of("home", number), None));
        await Port.AddAsync(Of("home-2", 1), None);
        await Port.AddAsync(Of("basket", 1), None);

        Assert.Equal(
            [("basket", 1), ("home", 11), ("home-2", 1)],
            (await Port.ReadNewestAsync(None)).Select(version => (version.Name.Value, version.Number)));
        Assert.Equal(
            Enumerable.Range(1, 11).Reverse(),
            (await Port.ReadVersionsAsync(ScenarioName.Parse("home"), None)).Select(version => version.Number));
    }

    [Fact]
    public async Task A_number_is_given_once()
    {
        Assert.True(await Port.AddAsync(Of("home", 1), None));
        Assert.False(await Port.AddAsync(Of("home", 1) with { By = "somebody else" }, None));
        Assert.Equal("ann", Assert.Single(await Port.ReadVersionsAsync(ScenarioName.Parse("home"), None)).By);
    }

    [Fact]
    public async Task A_deleted_scenario_is_a_version_without_content()
    {
        await Port.AddAsync(Of("home", 1), None);
        await Port.AddAsync(Of("home", 2) with { Scenario = null }, None);
        Assert.Null(Assert.Single(await Port.ReadNewestAsync(None)).Scenario);
    }

    private static ScenarioVersion Of(string name, int number) => new(
        ScenarioName.Parse(name), number, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "ann", "spring sale",
        s_scenario);

    private static void Same(ScenarioVersion expected, ScenarioVersion actual)
    {
        Assert.Equal(expected with { Scenario = null }, actual with { Scenario = null });
        Assert.Equivalent(expected.Scenario, actual.Scenario, strict: true);
    }
}
