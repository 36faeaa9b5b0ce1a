using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Statistics;
using Recommendation.Simulator.Experiments;

namespace Recommendation.Benchmarks;

/// <summary>
/// Simulates experiments that are looked at daily: false alarms, found lifts, and skewed assignments.
/// </summary>
internal static class ExperimentsBenchmark
{
    private const double Ctr = 0.04;
    private const double Lift = 0.05;
    private const int PilotUsers = 50_000;

    private static readonly Option<int> s_experiments = new("--experiments") { DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> s_users = new("--users")
    {
        Description = "The users of an experiment without a difference.",
        DefaultValueFactory = _ => 5000,
    };
    private static readonly Option<int> s_days = new("--days") { DefaultValueFactory = _ => 28 };

    internal static Command Create()
    {
        var command = new Command(
            "experiments",
            "Simulate experiments that are looked at every day.\n\nExample: experiments --experiments 1000")
        {
            s_experiments, s_users, s_days,
        };
        command.SetAction(parse => Run(parse.GetValue(s_experiments), parse.GetValue(s_users), parse.GetValue(s_days)));
        return command;
    }

    private static int Run(int experiments, int users, int days)
    {
        var started = Stopwatch.GetTimestamp();
        var even = new SimulatedExperiment(users, Ctr);
        var pilot = new SimulatedExperiment(PilotUsers, Ctr).Run(seed: 0, days).Last();
        var measured = pilot.Control.Ctr + pilot.Treated.Ctr;
        var planned = SampleSize.UsersFor(measured, Lift, 0.5, 0.5, ExperimentResult.Level, power: 0.8)!.Value;
        // The plan counts users with a list.
        var lifted = new SimulatedExperiment((int)(planned * PilotUsers / measured.Users), Ctr, Lift);
        var skewed = even with { TreatedShare = 0.45 };
        var (falseAlarms, found) = (
            Count(experiments, seed => even.IsEverFound(seed, days)),
            Count(experiments, seed => lifted.IsEverFound(seed, days)));
        var (skewFound, skewFalse) = (
            Count(experiments, seed => skewed.IsEverSkewed(seed, days)),
            Count(experiments, seed => even.IsEverSkewed(seed, days)));
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["verb"] = "experiments",
            ["experiments"] = experiments,
            ["days"] = days,
            ["users"] = users,
            ["falseAlarms"] = falseAlarms,
            ["plannedUsers"] = lifted.Users,
            ["liftsFound"] = found,
            ["skewedFound"] = skewFound,
            ["skewedFalseAlarms"] = skewFalse,
            ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
        }));
        return falseAlarms <= experiments / 20 && found >= experiments * 8 / 10 && skewFound == experiments ? 0 : 1;
    }

    private static int Count(int experiments, Func<ulong, bool> happens) =>
        Enumerable.Range(1, experiments).AsParallel().Count(seed => happens((ulong)seed));
}
