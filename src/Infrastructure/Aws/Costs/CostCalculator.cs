using Recommendation.Domain.Interactions;
using static Recommendation.Aws.Costs.PriceList;

namespace Recommendation.Aws.Costs;

/// <summary>
/// What the deployed stack costs, from what it does. Where it depends, the dearer case is taken: every event of a batch
/// is of another user, and every user is ranked every night.
/// </summary>
public sealed class CostCalculator(MeasuredSizes sizes)
{
    /// <summary>The stack's alarms watch so many metrics; a test of the deployment counts them.</summary>
    public const int AlarmMetrics = 48;

    private const string Stream = "stream";
    private const string Profiles = "profiles";
    private const string Archive = "archive";
    private const string Batch = "nightly run";
    private const string Api = "API";
    private const string Monitoring = "monitoring";
    private const string Endpoint = "endpoint";

    private const double Hours = Workload.Days * 24;
    private const double Gigabyte = 1024d * 1024 * 1024;
    private const int OwnMetrics = 60;

    // Memory of the functions as the environments have it.
    private const double StreamGigabytes = 1;
    private const double ArchiverGigabytes = 0.5;
    private const double BatchGigabytes = 3538d / 1024;
    private const double ApiGigabytes = 1769d / 1024;

    /// <summary>The parts of a stack, in the order of the estimate.</summary>
    public static IReadOnlyList<string> Parts { get; } = [Stream, Profiles, Archive, Batch, Api, Monitoring, Endpoint];

    public CostEstimate Estimate(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        if (workload.EventsPerDay < 0)
            throw new ArgumentOutOfRangeException(
                nameof(workload),
                $"{workload.EventsPerDay} events a day are fewer than none."
            );
        return new CostEstimate(
            workload,
            [
                .. OfStream(workload),
                .. OfProfiles(workload),
                .. OfArchive(workload),
                .. OfBatch(workload),
                .. OfApi(workload),
                .. OfMonitoring(workload),
                .. workload.EndpointInstances > 0
                    ? [new CostLine(Endpoint, EndpointHour, Hours * workload.EndpointInstances)]
                    : Array.Empty<CostLine>(),
            ]
        );
    }

    private IEnumerable<CostLine> OfStream(Workload workload)
    {
        yield return new CostLine(Stream, ShardHour, Hours * workload.Shards);
        yield return new CostLine(Stream, PutPayload, workload.EventsPerMonth / 1e6);
        var invocations = Invocations(workload);
        yield return new CostLine(Stream, LambdaRequest, invocations / 1e6);
        yield return new CostLine(
            Stream,
            LambdaTime,
            ((invocations * sizes.InvocationMilliseconds) + (workload.EventsPerMonth * sizes.EventMilliseconds))
                / 1000
                * StreamGigabytes
        );
    }

    /// <summary>A batch waits a second for company, and is full with 100.</summary>
    private static double Invocations(Workload workload)
    {
        var perShard = workload.EventsPerSecond / workload.Shards;
        return perShard == 0 ? 0 : workload.EventsPerMonth / Math.Min(100, 1 + perShard);
    }

    private IEnumerable<CostLine> OfProfiles(Workload workload)
    {
        var kept = workload.MonthlyUsers * (sizes.ProfileBytes + sizes.ListBytes) / Gigabyte;
        if (workload.IsOnDemand)
        {
            yield return new CostLine(
                Profiles,
                WriteRequests,
                Workload.Days
                    * (double)Workload.Seconds
                    / 1e6
                    * (
                        (workload.EventsPerSecond * WriteUnitsOf(sizes.ProfileBytes))
                        + NightlyWrites(workload)
                        + (workload.DailyUsers * 2 / Workload.Seconds)
                    )
            );
            yield return new CostLine(
                Profiles,
                ReadRequests,
                Workload.Days
                    * (double)Workload.Seconds
                    / 1e6
                    * (
                        (workload.EventsPerSecond * ReadUnitsOf(sizes.ProfileBytes))
                        + NightlyReads(workload)
                        + RequestedReads(workload)
                    )
            );
            yield return new CostLine(Profiles, TableStorage, kept);
            yield break;
        }
        // Capacity follows the traffic at 70 %, and is never below 5; an index entry of a day is a put and a delete.
        var writes = Provisioned(
            (workload.EventsPerSecond * WriteUnitsOf(sizes.ProfileBytes)) + NightlyWrites(workload)
        );
        var reads = Provisioned(
            (workload.EventsPerSecond * ReadUnitsOf(sizes.ProfileBytes))
                + NightlyReads(workload)
                + RequestedReads(workload)
        );
        yield return new CostLine(
            Profiles,
            WriteUnit,
            Hours * (writes + Provisioned(workload.DailyUsers * 2 / Workload.Seconds))
        );
        yield return new CostLine(Profiles, ReadUnit, Hours * (reads + Provisioned(0)));
        yield return new CostLine(Profiles, TableStorage, kept);
        if (workload.IsProtected)
            yield return new CostLine(Profiles, TableBackup, kept);
    }

    private static double Provisioned(double unitsPerSecond) => Math.Max(5, unitsPerSecond / 0.7);

    private double NightlyWrites(Workload workload) =>
        workload.MonthlyUsers * WriteUnitsOf(sizes.ListBytes) / Workload.Seconds;

    /// <summary>A profile is read to be ranked, and once more after its list is saved.</summary>
    private double NightlyReads(Workload workload) =>
        workload.MonthlyUsers * 2 * ReadUnitsOf(sizes.ProfileBytes) / Workload.Seconds;

    private double RequestedReads(Workload workload) =>
        workload.RequestsPerMonth
        / Workload.Days
        / Workload.Seconds
        * (ReadUnitsOf(sizes.ProfileBytes) + ReadUnitsOf(sizes.ListBytes));

    private static double WriteUnitsOf(int bytes) => Math.Ceiling(bytes / 1024d);

    private static double ReadUnitsOf(int bytes) => Math.Ceiling(bytes / 4096d);

    private IEnumerable<CostLine> OfArchive(Workload workload)
    {
        yield return new CostLine(Archive, PriceList.Firehose, workload.EventsPerMonth * 5 * 1024 / Gigabyte);
        // The archiver gets a megabyte at a time, about 5,000 events, and takes a tenth of what applying takes.
        var invocations = workload.EventsPerMonth / 5000;
        yield return new CostLine(Archive, LambdaRequest, invocations / 1e6);
        yield return new CostLine(
            Archive,
            LambdaTime,
            workload.EventsPerMonth * sizes.EventMilliseconds / 10 / 1000 * ArchiverGigabytes
        );
        yield return new CostLine(
            Archive,
            BucketStorage,
            workload.EventsPerMonth * sizes.ArchivedEventBytes / Gigabyte * workload.ArchiveMonths
        );
        // An object for each group of users that has events in five minutes; each is read once by the night's
        // compaction, which makes one a day.
        var objects = Workload.Days * 288 * Math.Min(UserBucket.Count, workload.EventsPerSecond * 300);
        yield return new CostLine(
            Archive,
            PriceList.Partitioning,
            workload.EventsPerMonth * sizes.ArchivedEventBytes / Gigabyte
        );
        yield return new CostLine(Archive, PartitionedObject, objects / 1000);
        yield return new CostLine(
            Archive,
            BucketPut,
            (objects + (Workload.Days * Math.Min(UserBucket.Count, workload.EventsPerDay))) / 1000
        );
        yield return new CostLine(Archive, BucketGet, objects / 1000);
    }

    private IEnumerable<CostLine> OfBatch(Workload workload)
    {
        var segments = Math.Ceiling(workload.MonthlyUsers / 2000);
        yield return new CostLine(Batch, Transition, Workload.Days * (8 + (segments * 3)) / 1000);
        yield return new CostLine(Batch, LambdaRequest, Workload.Days * (3 + segments) / 1e6);
        // Two processors at its memory.
        yield return new CostLine(
            Batch,
            LambdaTime,
            Workload.Days * (3 + (workload.MonthlyUsers / (sizes.UsersRankedPerSecond * 2d))) * BatchGigabytes
        );
        yield return new CostLine(Batch, BucketPut, Workload.Days * (10 + (segments * 4)) / 1000);
        yield return new CostLine(Batch, BucketGet, Workload.Days * (10 + (segments * 3)) / 1000);
    }

    private IEnumerable<CostLine> OfApi(Workload workload)
    {
        yield return new CostLine(Api, ApiRequest, workload.RequestsPerMonth / 1e6);
        yield return new CostLine(Api, LambdaRequest, workload.RequestsPerMonth / 1e6);
        yield return new CostLine(
            Api,
            LambdaTime,
            workload.RequestsPerMonth * sizes.RequestMilliseconds / 1000 * ApiGigabytes
        );
    }

    private IEnumerable<CostLine> OfMonitoring(Workload workload)
    {
        yield return new CostLine(Monitoring, AlarmMetric, AlarmMetrics);
        yield return new CostLine(Monitoring, Dashboard, 1);
        yield return new CostLine(Monitoring, OwnMetric, workload.EventsPerDay == 0 ? 3 : OwnMetrics);
        var (stream, requests) = (Invocations(workload), workload.RequestsPerMonth);
        yield return new CostLine(
            Monitoring,
            LogIngestion,
            (stream + requests + (workload.EventsPerMonth / 5000)) * sizes.LogBytes / Gigabyte
        );
        yield return new CostLine(Monitoring, Trace, (Sampled(stream) + Sampled(requests)) / 1e6);
        if (workload.IsProtected)
            yield return new CostLine(Monitoring, Key, 1);
    }

    /// <summary>Tracing takes one call a second, and a twentieth of the others.</summary>
    private static double Sampled(double calls)
    {
        var seconds = Workload.Days * (double)Workload.Seconds;
        return calls <= seconds ? calls : seconds + ((calls - seconds) / 20);
    }
}
