using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.SQS;
using Recommendation.Deploy.Batch;
using Recommendation.Deploy.Settings;

namespace Recommendation.Deploy.Monitoring;

/// <summary>The nightly run: missing, skipped, failed, or poor.</summary>
internal static class BatchAlarms
{
    /// <summary>What the nightly check of metrics and experiments finds: the values of the metric's
    /// dimension.</summary>
    internal static readonly string[] FeedbackFindings =
        ["impressions-without-lists", "ctr-drop", "sample-ratio", "guardrail"];

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    internal static IEnumerable<AlarmDefinition> Of(
        NightlyBatch batch,
        IQueue undelivered,
        StackSettings settings,
        Measures measures
    )
    {
        var machine = batch.Machine.StateMachineArn;
        var processor = batch.Processor.Function.FunctionName;
        yield return new AlarmDefinition(
            "batch-missing",
            "No batch run has completed within a day.",
            Measures.Every(measures.Own("recommendation.batch.runs", "Sum", ("state", "completed")), s_day),
            1,
            1,
            TreatMissingData.BREACHING
        )
        {
            Comparison = ComparisonOperator.LESS_THAN_THRESHOLD,
        };
        yield return new AlarmDefinition(
            "batch-skipped",
            "A batch run was skipped, because another was still going.",
            measures.Own("recommendation.batch.runs", "Sum", ("state", "skipped")),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "batch-failed",
            "A batch run failed, timed out, was aborted, or left users without a list.",
            Measures.Sum(
                "Failed runs",
                TimeSpan.FromMinutes(5),
                Measures.States("ExecutionsFailed", "Sum", machine),
                Measures.States("ExecutionsTimedOut", "Sum", machine),
                Measures.States("ExecutionsAborted", "Sum", machine)
            ),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "batch-users-failed",
            "Users failed in a batch run; they keep the lists they had.",
            measures.Own("recommendation.batch.users", "Sum", ("outcome", "failed")),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "batch-errors",
            "The batch processor fails again and again; its steps are being repeated.",
            Measures.Lambda("Errors", "Sum", processor),
            5,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "batch-duration",
            "A step of the batch processor came within 30 s of its 15 minutes; it should have stopped with a "
                + "continuation.",
            Measures.Lambda("Duration", "Maximum", processor),
            870_000,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "batch-fallback",
            "Too many users got the popular items instead of a list of their own.",
            Measures.Formula(
                "IF(ranked + fallback > 0, 100 * fallback / (ranked + fallback), 0)",
                "Fallback, %",
                TimeSpan.FromHours(1),
                ("ranked", measures.Own("recommendation.batch.users", "Sum", ("outcome", "ranked"))),
                ("fallback", measures.Own("recommendation.batch.users", "Sum", ("outcome", "fallback")))
            ),
            settings.Alarms.FallbackPercent,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "lists-poor",
            "The lists of the last run foresaw hardly anything of what users came to since.",
            Measures.Formula(
                "1000 * ndcg",
                "NDCG@10 of the stored lists, thousandths",
                s_day,
                ("ndcg", Measures.Every(measures.Own("recommendation.lists.ndcg", "Average"), s_day))
            ),
            settings.Alarms.ListsNdcg,
            1,
            TreatMissingData.NOT_BREACHING
        )
        {
            Comparison = ComparisonOperator.LESS_THAN_THRESHOLD,
        };
        yield return new AlarmDefinition(
            "feedback-checks",
            "Impressions lack their lists, clicks dropped, or an experiment is skewed or was stopped by a guardrail.",
            Measures.Sum(
                "Findings",
                TimeSpan.FromHours(1),
                [
                    .. FeedbackFindings.Select(finding =>
                        measures.Own("recommendation.feedback.alarms", "Sum", ("alarm", finding))),
                ]
            ),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "schedule-undelivered",
            "A schedule could not start its state machine.",
            Measures.Queue("ApproximateNumberOfMessagesVisible", "Maximum", undelivered.QueueName),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
    }
}
