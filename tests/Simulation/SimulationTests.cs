using Recommendation.Simulation.Tests.Planted;
using Recommendation.Simulator;
using Recommendation.Simulator.Scripts;
using Xunit.Abstractions;

namespace Recommendation.Simulation.Tests;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Histories = 6_000;

    public static TheoryData<string> Faults => [.. PlantedFault.All.Keys];

    [Fact]
    public void Thousands_of_histories_hold()
    {
        var (ran, failed) = SimulationRun.Run(ScriptRules.Product, first: 1, Histories);
        Assert.True(failed is null, failed?.ToString());
        Assert.Equal(Histories, ran);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fix_that_is_undone_is_found(string fault)
    {
        var planted = PlantedFault.All[fault];
        var (ran, failed) = SimulationRun.Run(planted.Rules, first: 1, planted.Within, planted.Plant);
        output.WriteLine($"{fault}: found after {ran} histories. {failed}");
        Assert.True(failed is not null, $"{ran} histories did not show: {fault}");
    }

    [Fact]
    public void A_failing_seed_replays_to_the_last_call_and_its_script_is_short()
    {
        var planted = PlantedFault.All["failures that are not reported"];
        var seed = SimulationRun.Run(planted.Rules, first: 1, planted.Within, planted.Plant).Failed!.Seed;

        var first = FailedHistory.Of(seed, planted.Rules, planted.Plant)!;
        var second = FailedHistory.Of(seed, planted.Rules, planted.Plant)!;
        Assert.Equal(first.ToString(), second.ToString());
        Assert.True(first.Script.Steps.Count <= 4, first.ToString());
        Assert.Null(FailedHistory.Of(seed, planted.Rules));
    }
}
