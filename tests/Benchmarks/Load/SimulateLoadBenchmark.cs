using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Recommendation.Aws.Costs;

namespace Recommendation.Benchmarks.Load;

/// <summary>
/// Runs the model of the stack at the peak, at midnight and at night, with the settings that <c>recommend size</c>
/// prints, and compares what happens with what it calculates. Then it loads each part a little less and a little more
/// than its limit. It fails if the two disagree.
/// </summary>
internal static class SimulateLoadBenchmark
{
    private const double Agreement = 0.1;
    private const double Broken = 0.01;
    private const int Seed = 23;

    private static readonly Option<double> s_users = new("--users") { DefaultValueFactory = _ => 1e7 };
    private static readonly Option<double> s_events = new("--events-per-day") { DefaultValueFactory = _ => 1e8 };
    private static readonly Option<double> s_seconds = new("--seconds") { DefaultValueFactory = _ => 60 };
    private static readonly Option<double> s_hot = new("--hot-user-events") { DefaultValueFactory = _ => 0 };

    internal static Command Create()
    {
        var command = new Command(
            "simulate-load",
            "Simulate the stack's documented limits under a load.\n\nExample: simulate-load --users 1e8 "
                + "--events-per-day 1e9")
        {
            s_users, s_events, s_seconds, s_hot,
        };
        command.SetAction(parse => Run(
            new(string.Empty, (long)parse.GetValue(s_events)) { Users = (long)parse.GetValue(s_users) },
            parse.GetValue(s_seconds), parse.GetValue(s_hot)));
        return command;
    }

    private static int Run(Workload load, double seconds, double hotUserEvents)
    {
        var peak = LoadCase.PeakOf(load) with { HotUserEvents = hotUserEvents };
        var (day, midnight) = (Of(peak, seconds), Of(peak with { IsMidnight = true }, seconds));
        var hours = NightSimulation.Hours(LoadSize.SegmentsOf(load), SegmentsAtOnce(load), SecondsOfSegment, Seed);
        var needed = new LoadSize(new()).PartsOf(load).ToDictionary(part => part.Name, part => part.Needed);
        var compared = new JsonArray();
        Compare("stream", needed["stream"], day.RecordsPerSecond);
        Compare("functions", needed["functions"], day.FunctionsAtOnce);
        Compare("table", needed["table"], day.WriteUnitsPerSecond);
        Compare("index", needed["index"], midnight.IndexWritesPerSecond);
        Compare("batch", needed["batch"], hours / 2 * SegmentsAtOnce(load));
        var limits = LimitChecks.All();
        var agrees = compared.Concat(limits).All(one => (bool)one!["agrees"]!);
        Console.WriteLine(new JsonObject
        {
            ["verb"] = "simulate-load",
            ["peak"] = Json(day),
            ["midnight"] = Json(midnight),
            ["nightHours"] = Math.Round(hours, 2),
            ["compared"] = compared,
            ["limits"] = limits,
            ["agrees"] = agrees,
        }.ToJsonString());
        return agrees ? 0 : 1;

        void Compare(string part, double calculated, double simulated) => compared.Add((JsonNode)new JsonObject
        {
            ["part"] = part,
            ["calculated"] = Math.Round(calculated, 2),
            ["simulated"] = Math.Round(simulated, 2),
            // A load beyond a limit is what is needed; less arrives.
            ["agrees"] = hotUserEvents > 0 || Math.Abs(simulated - calculated) <= Agreement * calculated
                || day.Refused + day.ThrottledByTable + midnight.ThrottledByIndex > Broken,
        });
    }

    internal static LoadOutcome Of(LoadCase load, double seconds) => new LoadSimulation(load, Seed).Run(seconds);

    /// <summary>Whether anything was refused or throttled.</summary>
    internal static bool IsBroken(double share) => share > Broken;

    private static double SecondsOfSegment => LoadSize.UsersOfSegment / (2d * new MeasuredSizes().UsersRankedPerSecond);

    private static int SegmentsAtOnce(Workload load) => new StackSize(new()).SettingsOf(load)
        .Where(setting => setting.StartsWith("batch.concurrency=", StringComparison.Ordinal))
        .Select(setting => int.Parse(setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..],
            CultureInfo.InvariantCulture))
        .FirstOrDefault(8);

    private static JsonObject Json(LoadOutcome outcome) => new()
    {
        ["recordsPerSecond"] = Math.Round(outcome.RecordsPerSecond),
        ["functionsAtOnce"] = Math.Round(outcome.FunctionsAtOnce, 1),
        ["writeUnitsPerSecond"] = Math.Round(outcome.WriteUnitsPerSecond),
        ["indexWritesPerSecond"] = Math.Round(outcome.IndexWritesPerSecond),
        ["refusedRecords"] = Math.Round(outcome.Refused, 4),
        ["refusedRequests"] = Math.Round(outcome.RefusedRequests, 4),
        ["throttledByTable"] = Math.Round(outcome.ThrottledByTable, 4),
        ["throttledByIndex"] = Math.Round(outcome.ThrottledByIndex, 4),
        ["p99Seconds"] = Math.Round(outcome.P99Seconds, 2),
        ["behindSeconds"] = Math.Round(outcome.BehindSeconds, 2),
    };
}
