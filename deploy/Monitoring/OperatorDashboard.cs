using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using Recommendation.Deploy.Api;
using Recommendation.Deploy.Batch;
using Recommendation.Deploy.Ingestion;
using Recommendation.Deploy.Model;
using Recommendation.Deploy.Profiles;

namespace Recommendation.Deploy.Monitoring;

/// <summary>
/// One page, read from top to bottom: is anything wrong; do events come in; are profiles saved; was last night's run
/// good; is what is shown fresh.
/// </summary>
internal sealed class OperatorDashboard : Construct
{
    private const int Whole = 24;
    private const int Third = 8;

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly string[] s_outcomes = ["ranked", "fallback", "failed", "skipped"];
    private static readonly string[] s_executions =
    [
        "ExecutionsSucceeded",
        "ExecutionsFailed",
        "ExecutionsTimedOut",
        "ExecutionsAborted",
    ];
    private static readonly string[] s_sources = ["batch", "realtime", "popular", "stale"];

    internal OperatorDashboard(
        Construct scope,
        Names names,
        Measures measures,
        IReadOnlyList<IAlarm> alarms,
        EventIngestion ingestion,
        UserProfiles profiles,
        NightlyBatch batch,
        AdminApi api,
        ServedModel model
    )
        : base(scope, "Dashboard")
    {
        _ = new Dashboard(
            this,
            "Page",
            new DashboardProps
            {
                DashboardName = names.Dashboard,
                DefaultInterval = Duration.Days(1),
                Widgets =
                [
                    [Title("Is anything wrong?", $"A red alarm names its section of {Alarms.Runbook}.")],
                    [
                        new AlarmStatusWidget(
                            new AlarmStatusWidgetProps
                            {
                                Title = "Alarms",
                                Width = Whole,
                                Height = 5,
                                Alarms = [.. alarms],
                            }
                        ),
                    ],
                    [
                        Title(
                            "Do events come in?",
                            "Accepted and duplicated follow what arrives; rejected and failed stay near nothing; the "
                                + "age stays under a minute."
                        ),
                    ],
                    [.. Arriving(measures, ingestion)],
                    [
                        Title(
                            "Are profiles saved?",
                            "Consumption stays below what is provisioned; nothing is throttled."
                        ),
                    ],
                    [.. Saving(measures, profiles, ingestion)],
                    [
                        Title(
                            "Was last night's run good?",
                            "One run a day; active users = ranked + fallback + failed + skipped. Models get no worse."
                        ),
                    ],
                    [.. Running(measures, batch)],
                    [
                        Title(
                            "Is what users see fresh?",
                            "Lists are younger than a day and a half; most are stored or ranked on request, few are "
                                + "popular or stale."
                        ),
                    ],
                    [.. Showing(measures, api, model)],
                ],
            }
        );
    }

    private static IEnumerable<IWidget> Arriving(Measures measures, EventIngestion ingestion)
    {
        var stream = ingestion.Stream.StreamName;
        yield return Graph("Events", "count", Third,
            Labelled(Measures.Kinesis("IncomingRecords", "Sum", stream), "arrived"),
            Labelled(measures.Own("recommendation.records.accepted", "Sum"), "counted"),
            Labelled(measures.Own("recommendation.records.duplicated", "Sum", ("by", "log")), "delivered again"),
            Labelled(measures.Own("recommendation.records.duplicated", "Sum", ("by", "producer")), "sent again"),
            Labelled(measures.Own("recommendation.records.failed", "Sum"), "failed")
        );
        yield return Graph(
            "Rejected, by reason",
            "count",
            Third,
            [
                .. IngestionAlarms.Reasons.Select(reason =>
                    Labelled(measures.Own("recommendation.records.rejected", "Sum", ("reason", reason)), reason)
                ),
            ]
        );
        yield return Graph(
            "How far behind",
            "ms",
            Third,
            Labelled(
                Measures.Kinesis("GetRecords.IteratorAgeMilliseconds", "Maximum", stream),
                "age of the oldest record read"
            ),
            Labelled(measures.Own("recommendation.records.lag", "p99"), "arrival to saved profile, p99")
        );
    }

    private static IEnumerable<IWidget> Saving(Measures measures, UserProfiles profiles, EventIngestion ingestion)
    {
        var table = profiles.Table.TableName;
        yield return Graph("Capacity a second", "units", Third,
            PerSecond(Measures.Dynamo("ConsumedReadCapacityUnits", "Sum", table), "reads"),
            PerSecond(Measures.Dynamo("ConsumedWriteCapacityUnits", "Sum", table), "writes"),
            Labelled(Measures.Dynamo("ProvisionedReadCapacityUnits", "Average", table), "reads provisioned"),
            Labelled(Measures.Dynamo("ProvisionedWriteCapacityUnits", "Average", table), "writes provisioned"));
        yield return Graph("Turned away", "count", Third,
            Labelled(Measures.Dynamo("ReadThrottleEvents", "Sum", table), "reads"),
            Labelled(Measures.Dynamo("WriteThrottleEvents", "Sum", table), "writes"),
            Labelled(
                Measures.DynamoIndex("WriteThrottleEvents", "Sum", table, UserProfiles.ActiveUsers),
                "writes of the index"
            ),
            Labelled(measures.Own("recommendation.profiles.conflicts", "Sum"), "conflicts")
        );
        yield return Graph(
            "Stream processor",
            "ms",
            Third,
            Labelled(Measures.Lambda("Duration", "Average", ingestion.Processor.Function.FunctionName), "average"),
            Labelled(Measures.Lambda("Duration", "p99", ingestion.Processor.Function.FunctionName), "p99"));
    }

    private static IEnumerable<IWidget> Running(Measures measures, NightlyBatch batch)
    {
        yield return Graph(
            "Users a day",
            "users",
            Third,
            [
                .. s_outcomes.Select(outcome =>
                    Labelled(
                        Measures.Every(measures.Own("recommendation.batch.users", "Sum", ("outcome", outcome)), s_day),
                        outcome
                    )
                ),
            ]
        );
        yield return Graph(
            "Runs a day",
            "runs",
            Third,
            [
                .. s_executions.Select(outcome =>
                    Labelled(
                        Measures.Every(Measures.States(outcome, "Sum", batch.Machine.StateMachineArn), s_day),
                        outcome["Executions".Length..].ToLowerInvariant()
                    )
                ),
            ]
        );
        yield return Graph(
            "Models before the gate",
            "NDCG@10",
            Third,
            Labelled(Measures.Every(measures.Own("recommendation.model.ndcg", "Maximum"), s_day), "model")
        );
    }

    private static IEnumerable<IWidget> Showing(Measures measures, AdminApi api, ServedModel model)
    {
        yield return Graph(
            "Lists shown, by source",
            "lists",
            Third,
            [
                .. s_sources.Select(source =>
                    Labelled(measures.Own("recommendation.lists.shown", "Sum", ("source", source)), source)
                ),
            ]
        );
        yield return Graph(
            "Age of lists",
            "s",
            Third,
            Labelled(measures.Own("recommendation.list.age", "p50"), "half"),
            Labelled(measures.Own("recommendation.list.age", "p99"), "p99")
        );
        yield return Graph(
            "Answers",
            "ms",
            Third,
            [
                Labelled(Measures.Api("Latency", "p99", api.Http.ApiId), "API, p99"),
                Labelled(measures.Own("recommendation.ranking.duration", "p99"), "ranking, p99"),
                .. model.Endpoint?.EndpointName is { } endpoint
                    ? [PerMillisecond(Measures.Endpoint("ModelLatency", "p99", endpoint, ServedModel.Variant))]
                    : Array.Empty<IMetric>(),
            ]
        );
    }

    private static TextWidget Title(string question, string answer) =>
        new(new TextWidgetProps { Markdown = $"## {question}\n{answer}", Width = Whole, Height = 2 });

    private static GraphWidget Graph(string title, string unit, int width, params IMetric[] metrics) =>
        new(
            new GraphWidgetProps
            {
                Title = title,
                Width = width,
                Height = 6,
                Left = metrics,
                LeftYAxis = new YAxisProps
                {
                    Min = 0,
                    Label = unit,
                    ShowUnits = false,
                },
            }
        );

    private static Metric Labelled(Metric metric, string label) =>
        (Metric)metric.With(new MetricOptions { Label = label });

    private static MathExpression PerSecond(Metric sum, string label) =>
        Measures.Formula($"{label} / PERIOD({label})", label, TimeSpan.FromMinutes(5), (label, sum));

    private static MathExpression PerMillisecond(Metric microseconds) =>
        Measures.Formula("endpoint / 1000", "endpoint, p99", TimeSpan.FromMinutes(5), ("endpoint", microseconds));
}
