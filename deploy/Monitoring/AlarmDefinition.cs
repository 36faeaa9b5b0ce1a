using Amazon.CDK.AWS.CloudWatch;

namespace Recommendation.Deploy.Monitoring;

/// <summary>An alarm as it is meant: what is watched, when it is too much, and what silence means.</summary>
/// <param name="Name">The end of the alarm's name, and its section of the runbook.</param>
/// <param name="Meaning">A sentence for the mail.</param>
/// <param name="Periods">How many periods in a row.</param>
internal sealed record AlarmDefinition(
    string Name,
    string Meaning,
    IMetric Metric,
    double Threshold,
    int Periods,
    TreatMissingData Missing
)
{
    internal ComparisonOperator Comparison { get; init; } = ComparisonOperator.GREATER_THAN_THRESHOLD;
}
