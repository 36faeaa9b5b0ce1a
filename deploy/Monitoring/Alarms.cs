using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Recommendation.Deploy.Monitoring;

/// <summary>
/// Makes the alarms; each tells the topic when it begins and when it ends, and names its section of the runbook.
/// </summary>
internal sealed class Alarms : Construct
{
    internal const string Runbook = "docs/operations-aws.md";

    internal Alarms(Construct scope, Names names, ITopic topic, IEnumerable<AlarmDefinition> watches)
        : base(scope, "Alarms")
    {
        var action = new SnsAction(topic);
        var alarms = new List<IAlarm>();
        foreach (var watch in watches)
        {
            var alarm = new Alarm(this, watch.Name, new AlarmProps
            {
                AlarmName = names.Alarm(watch.Name),
                AlarmDescription = $"{watch.Meaning} Runbook: {Runbook}#{watch.Name}",
                Metric = watch.Metric,
                Threshold = watch.Threshold,
                EvaluationPeriods = watch.Periods,
                ComparisonOperator = watch.Comparison,
                TreatMissingData = watch.Missing,
            });
            alarm.AddAlarmAction(action);
            alarm.AddOkAction(action);
            alarms.Add(alarm);
        }
        All = alarms;
    }

    internal IReadOnlyList<IAlarm> All { get; }
}
