using System.Globalization;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.Costs;

/// <summary>
/// The settings of the stack that a load asks for beyond their defaults; each is a name and value as <c>cdk deploy
/// -c</c> takes it.
/// </summary>
public sealed class StackSize(MeasuredSizes sizes)
{
    /// <summary>How long a night's run should take at most.</summary>
    private const double RunSeconds = 2 * 3600;

    /// <summary>A batch processor ranks with two processors.</summary>
    private const int Processors = 2;

    /// <summary>Writes a second that a key of the index takes, with a fifth to spare.</summary>
    private const double WritesOfKey = 800;

    // What the stack has without a word; tests of the deployment compare them.
    private const int Shards = 4;
    private const int Capacity = 100;
    private const int SegmentsAtOnce = 8;
    private const int MostCapacity = 1_000_000;
    private const int MostSplits = 16;
    private const int MostSegmentsAtOnce = 1000;

    /// <summary>Write units a second at the peak, which the table's maximum must allow.</summary>
    public int PeakWriteUnits(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return (int)
            Math.Ceiling(workload.EventsPerSecond * workload.Peak * Math.Ceiling(sizes.ProfileBytes / 1024d) / 0.7);
    }

    /// <summary>The settings, in the order of the documentation; none where the defaults do.</summary>
    public IReadOnlyList<string> SettingsOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        // Just after midnight every event is a user's first of the day, and moves the user in the index.
        var moves = workload.EventsPerSecond * workload.Peak;
        var splits = (int)Math.Clamp(Math.Ceiling(moves / ActiveBucket.Count / WritesOfKey), 1, MostSplits);
        var atOnce = (int)Math.Ceiling(workload.MonthlyUsers / (sizes.UsersRankedPerSecond * Processors * RunSeconds));
        var units = workload.IsOnDemand ? 0 : PeakWriteUnits(workload);
        return
        [
            .. Over("stream.shards", workload.Shards, Shards),
            // More than can be provisioned is paid by request.
            .. units > MostCapacity ? ["profiles.billing=on-demand"] : Over("table.maximumCapacity", units, Capacity),
            .. Over("table.indexSplits", splits, 1),
            .. Over("batch.concurrency", Math.Min(MostSegmentsAtOnce, atOnce), SegmentsAtOnce),
        ];
    }

    private static IEnumerable<string> Over(string name, int value, int usual)
    {
        if (value > usual)
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
    }
}
