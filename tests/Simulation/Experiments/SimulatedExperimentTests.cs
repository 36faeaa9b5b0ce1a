using Recommendation.Domain.Experiments;
using Recommendation.Domain.Statistics;
using Recommendation.Simulator.Experiments;
using Xunit.Abstractions;

namespace Recommendation.Simulation.Tests.Experiments;

/// <summary>Small versions of the benchmark verb `experiments`.</summary>
public sealed class SimulatedExperimentTests(ITestOutputHelper output)
{
    private const double Ctr = 0.04;

    [Fact]
    public void Looking_daily_at_equal_variants_seldom_finds_a_difference()
    {
        const int tests = 200;
        var experiment = new SimulatedExperiment(Users: 800, Ctr);
        var found = Enumerable.Range(1, tests).Count(seed => experiment.IsEverFound((ulong)seed, days: 28));
        output.WriteLine($"{found} of {tests} found something where nothing is.");
        Assert.InRange(found, 0, tests / 20);
    }

    [Fact]
    public void A_lift_is_found_at_the_size_that_was_planned()
    {
        const int tests = 200;
        const int pilotUsers = 20_000;
        const int days = 7;
        var pilot = new SimulatedExperiment(pilotUsers, Ctr).Run(seed: 99, days).Last();
        var users = SampleSize.UsersFor(
            pilot.Control.Ctr + pilot.Treated.Ctr, lift: 0.05, control: 0.5, treated: 0.5, ExperimentResult.Level,
            power: 0.8);
        // The plan counts users with a list; those without one do not take part.
        var share = (pilot.Control.Users + pilot.Treated.Users) / (double)pilotUsers;
        var experiment = new SimulatedExperiment((int)(users!.Value / share), Ctr, Lift: 0.05);

        var found = Enumerable.Range(1, tests).Count(seed => experiment.IsEverFound((ulong)seed, days));
        output.WriteLine($"{found} of {tests} found the lift with {experiment.Users} users.");
        Assert.InRange(found, tests * 8 / 10, tests);
    }

    [Fact]
    public void A_skewed_assignment_is_noticed_and_an_even_one_is_not()
    {
        var even = new SimulatedExperiment(Users: 4_000, Ctr);
        var skewed = even with { TreatedShare = 0.45 };
        Assert.Equal(0, Enumerable.Range(1, 20).Count(seed => even.IsEverSkewed((ulong)seed, days: 14)));
        Assert.Equal(20, Enumerable.Range(1, 20).Count(seed => skewed.IsEverSkewed((ulong)seed, days: 14)));
    }
}
