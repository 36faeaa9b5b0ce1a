using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;

namespace Recommendation.Deploy.Monitoring;

/// <summary>The metrics that are watched and drawn, by service.</summary>
internal sealed class Measures(Names names)
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(5);

    internal static Metric Lambda(string metric, string statistic, string function) =>
        Of("AWS/Lambda", metric, statistic, ("FunctionName", function));

    internal static Metric Mapping(string metric, string statistic, string mapping) =>
        Of("AWS/Lambda", metric, statistic, ("EventSourceMappingUUID", mapping));

    internal static Metric Kinesis(string metric, string statistic, string stream) =>
        Of("AWS/Kinesis", metric, statistic, ("StreamName", stream));

    internal static Metric Firehose(string metric, string statistic, string delivery) =>
        Of("AWS/Firehose", metric, statistic, ("DeliveryStreamName", delivery));

    internal static Metric Dynamo(string metric, string statistic, string table) =>
        Of("AWS/DynamoDB", metric, statistic, ("TableName", table));

    internal static Metric DynamoIndex(string metric, string statistic, string table, string index) =>
        Of("AWS/DynamoDB", metric, statistic, ("TableName", table), ("GlobalSecondaryIndexName", index));

    internal static Metric States(string metric, string statistic, string machine) =>
        Of("AWS/States", metric, statistic, ("StateMachineArn", machine));

    internal static Metric Queue(string metric, string statistic, string queue) =>
        Of("AWS/SQS", metric, statistic, ("QueueName", queue));

    internal static Metric Endpoint(string metric, string statistic, string endpoint, string variant) =>
        Of("AWS/SageMaker", metric, statistic, ("EndpointName", endpoint), ("VariantName", variant));

    internal static Metric Api(string metric, string statistic, string api) =>
        Of("AWS/ApiGateway", metric, statistic, ("ApiId", api));

    /// <summary>A metric of the functions themselves; its name is the instrument's.</summary>
    internal Metric Own(string metric, string statistic, params (string Name, string Value)[] dimensions) =>
        Of(names.Metrics, metric, statistic, dimensions);

    internal static Metric Every(Metric metric, TimeSpan period) =>
        (Metric)metric.With(new MetricOptions { Period = Duration.Seconds(period.TotalSeconds) });

    internal static MathExpression Sum(string label, TimeSpan period, params Metric[] metrics) => Formula(
        string.Join(" + ", metrics.Select((_, i) => $"FILL(m{i}, 0)")), label, period,
        metrics.Select((metric, i) => ($"m{i}", metric)).ToArray());

    internal static MathExpression Formula(
        string expression,
        string label,
        TimeSpan period,
        params (string Id, Metric Metric)[] metrics
    ) =>
        new(
            new MathExpressionProps
            {
                Expression = expression,
                Label = label,
                Period = Duration.Seconds(period.TotalSeconds),
                UsingMetrics = metrics.ToDictionary(
                    metric => metric.Id,
                    metric => (IMetric)Every(metric.Metric, period),
                    StringComparer.Ordinal
                ),
            }
        );

    private static Metric Of(
        string space,
        string metric,
        string statistic,
        params (string Name, string Value)[] dimensions
    ) =>
        new(
            new MetricProps
            {
                Namespace = space,
                MetricName = metric,
                Statistic = statistic,
                Period = Duration.Seconds(s_period.TotalSeconds),
                DimensionsMap =
                    dimensions.Length == 0
                        ? null
                        : dimensions.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
            }
        );
}
