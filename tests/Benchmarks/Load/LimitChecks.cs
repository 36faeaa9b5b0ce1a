using System.Text.Json.Nodes;
using Recommendation.Aws.Costs;

namespace Recommendation.Benchmarks.Load;

/// <summary>
/// Loads each part with 90 % and with 115 % of its limit, with the quotas of the other parts raised: it must break
/// above its limit, and not below.
/// </summary>
internal static class LimitChecks
{
    private const double Below = 0.9;
    private const double Above = 1.15;
    private const int SecondsOfLimit = 15;
    private const int Plenty = 1_000_000_000;

    public static JsonArray All() => new(
    [
        .. Both("stream", load => load with { TableQuota = Plenty, FunctionsQuota = Plenty }, one => one.Refused),
        .. Both("functions", load => load with { TableQuota = Plenty }, one => one.RefusedRequests),
        .. Both("table", load => load, one => one.ThrottledByTable),
        .. Both("index", load => load with { IsMidnight = true, TableQuota = Plenty, FunctionsQuota = Plenty },
            one => one.ThrottledByIndex),
    ]);

    private static IEnumerable<JsonNode?> Both(
        string part, Func<LoadCase, LoadCase> isolated, Func<LoadOutcome, double> broken)
    {
        foreach (var share in (double[])[Below, Above])
        {
            var load = LoadOf(part, share);
            var outcome = SimulateLoadBenchmark.Of(isolated(LoadCase.PeakOf(load)), SecondsOfLimit);
            yield return new JsonObject
            {
                ["part"] = part,
                ["shareOfLimit"] = share,
                ["broken"] = Math.Round(broken(outcome), 4),
                ["agrees"] = SimulateLoadBenchmark.IsBroken(broken(outcome)) == share > 1,
            };
        }
    }

    /// <summary>The load that needs a share of a part's limit; each part's need grows with the events.</summary>
    private static Workload LoadOf(string part, double share)
    {
        var load = new Workload(part, 1_000_000_000);
        var sized = new LoadSize(new()).PartsOf(load)
            .Single(one => string.Equals(one.Name, part, StringComparison.Ordinal));
        return new(part, (long)(load.EventsPerDay * sized.Growth * share));
    }
}
