using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Recommendation.Deploy.Batch;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;

namespace Recommendation.Deploy.Ingestion;

/// <summary>
/// Each night few large objects are made of the archive's many small ones. The function that erases users does it: it
/// alone may remove objects of the archive and their versions.
/// </summary>
internal sealed class ArchiveCompaction : Construct
{
    internal ArchiveCompaction(
        Construct scope,
        StackSettings settings,
        Names names,
        HostFunction eraser,
        Encryption encryption,
        Topic topic,
        Queue undelivered
    )
        : base(scope, "Compaction")
    {
        Machine = Workflow.OfFunction(this, eraser, names, encryption, topic, new WorkflowProps(
            names.CompactionMachine, "loop.asl.json", settings, TimeSpan.FromHours(12),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Step"] = "compact",
                ["What"] = "the archive's compaction",
                ["Again"] = "in the next night",
                ["Runbook"] = "compaction-failed",
                ["Error"] = "CompactionFailed",
            },
            []));
        _ = new ScheduledMachine(
            this, "Nightly", names.CompactionRule, "Compacts the archive of the days before each day at 01:15 UTC.",
            Schedule.Cron(new CronOptions { Minute = "15", Hour = "1" }), Machine, undelivered);
    }

    internal StateMachine Machine { get; }
}
