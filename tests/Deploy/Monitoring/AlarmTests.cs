using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recommendation.Application.Pipeline;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Monitoring;

[Collection(StackCollection.Name)]
public sealed partial class AlarmTests(Stacks stacks)
{
    private const string Prefix = "recommendation-prod-";

    [Theory]
    [InlineData("lambda-latency", "AWS/Lambda", "Duration", "Average", "FunctionName", 30_000, 2, "notBreaching")]
    [InlineData("lambda-errors", "AWS/Lambda", "Errors", "Sum", "FunctionName", 5, 1, "notBreaching")]
    [InlineData(
        "kinesis-iterator-age",
        "AWS/Kinesis",
        "GetRecords.IteratorAgeMilliseconds",
        "Maximum",
        "StreamName",
        60_000,
        2,
        "breaching"
    )]
    [InlineData(
        "dynamo-read-throttle",
        "AWS/DynamoDB",
        "ReadThrottleEvents",
        "Sum",
        "TableName",
        10,
        1,
        "notBreaching"
    )]
    public void The_references_alarms_have_its_values_on_five_minutes(
        string name,
        string space,
        string metric,
        string statistic,
        string dimension,
        double threshold,
        int periods,
        string missing
    )
    {
        var alarm = stacks.Dev.Alarm($"recommendation-dev-{name}");
        var reading = Assert.Single(MetricReading.Of(alarm));
        Assert.Equal(
            (space, metric, statistic, 300),
            (reading.Namespace, reading.Name, reading.Statistic, reading.Period)
        );
        Assert.Equal([dimension], reading.Dimensions.Keys);
        Assert.Equal(
            ("GreaterThanThreshold", threshold, periods, missing),
            (
                alarm.Text("ComparisonOperator"),
                (double)alarm.At("Threshold")!,
                (int)alarm.At("EvaluationPeriods")!,
                alarm.Text("TreatMissingData")
            )
        );
    }

    [Fact]
    public void What_section_11_asks_for_is_watched() =>
        Assert.Superset(
            new HashSet<string>
            {
                "kinesis-iterator-age",
                "lambda-errors",
                "batch-errors",
                "records-failed",
                "lambda-latency",
                "dynamo-read-throttle",
                "dynamo-write-throttle",
                "index-read-throttle",
                "index-write-throttle",
                "batches-given-up",
                "quarantine-growth",
                "batch-missing",
                "batch-skipped",
                "batch-failed",
                "batch-fallback",
                "endpoint-errors",
                "endpoint-latency",
            },
            Alarms().Select(alarm => alarm.Text("AlarmName")![Prefix.Length..]).ToHashSet()
        );

    [Fact]
    public void Every_metric_that_is_watched_or_drawn_exists_under_its_dimensions() =>
        Assert.Empty(
            Alarms()
                .SelectMany(MetricReading.Of)
                .Concat(Drawn())
                .SelectMany(reading => Problems(reading, "recommendation-prod"))
                .Distinct()
        );

    [Fact]
    public void Every_dimension_names_a_resource_of_the_stack()
    {
        var references = Alarms()
            .SelectMany(MetricReading.Of)
            .Where(reading => reading.Namespace.StartsWith("AWS/", StringComparison.Ordinal))
            .SelectMany(reading => reading.Dimensions.Select(pair => (reading.Namespace, pair.Key, pair.Value)))
            .ToList();
        Assert.NotEmpty(references);
        foreach (var (space, dimension, value) in references)
        {
            if (value is JsonObject reference)
            {
                var id = (string?)reference["Ref"] ?? (string)reference["Fn::GetAtt"]![0]!;
                Assert.Equal(TypeOf(space, dimension), stacks.Full.Find(id).Type);
            }
            else
            {
                // Names that are chosen by the stack and not handed out by a service.
                Assert.Contains(
                    (string)value!,
                    (string[])
                        [
                            "active-users",
                            "AllTraffic",
                            "recommendation-prod-endpoint",
                            "recommendation-prod-archive-by-user",
                        ]
                );
            }
        }
    }

    [Fact]
    public void The_table_knows_every_reason_and_instrument_that_the_code_has()
    {
        // Named by the instruments themselves, so a renamed one is found here and not by a silent alarm.
        var instruments = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    instruments.Add(instrument.Name);
            },
        };
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Telemetry).TypeHandle);
        listener.Start();
        Assert.Empty(WatchedMetrics.OfFunctions.Keys.Except(instruments));

        var codes = RejectionCodes()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root(), "src", "Domain", "Interactions", "Rejection.cs")))
            .Select(match => match.Groups["code"].Value)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            codes.Order(StringComparer.Ordinal),
            WatchedMetrics.OfFunctions["recommendation.records.rejected"].Values.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_alarm_can_fire_within_what_CloudWatch_evaluates()
    {
        foreach (var alarm in Alarms())
        {
            var periods = (int)alarm.At("EvaluationPeriods")!;
            Assert.All(MetricReading.Of(alarm), reading => Assert.InRange(reading.Period * periods, 60, 86_400));
            Assert.InRange(MetricReading.Of(alarm).Count(), 1, 10);
        }
    }

    [Fact]
    public void Every_alarm_names_a_section_of_the_runbook_that_is_there()
    {
        var sections = Headings()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root(), "docs", "operations-aws.md")))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet();
        foreach (var alarm in Alarms().Concat(stacks.Dev.All("AWS::CloudWatch::Alarm")))
        {
            var name = Runbook().Match(alarm.Text("AlarmDescription")!).Groups["name"].Value;
            Assert.EndsWith("-" + name, alarm.Text("AlarmName"), StringComparison.Ordinal);
            Assert.Contains(name, sections);
        }
        Assert.Empty(sections.Except(Alarms().Select(alarm => alarm.Text("AlarmName")![Prefix.Length..])));
    }

    private IEnumerable<Resource> Alarms() => stacks.Full.All("AWS::CloudWatch::Alarm");

    /// <summary>
    /// The metrics of the dashboard; references in its text are unresolved, so a dimension's value is
    /// of no account here.
    /// </summary>
    private IEnumerable<MetricReading> Drawn()
    {
        var body = stacks.Full.Only("AWS::CloudWatch::Dashboard").At("DashboardBody")!["Fn::Join"]![1]!.AsArray();
        var text = string.Concat(body.Select(part => part is JsonValue value ? (string)value! : "reference"));
        return JsonNode.Parse(text)!["widgets"]!
            .AsArray()
            .SelectMany(widget => Metrics(widget!["properties"]!))
            .ToList();
    }

    private static IEnumerable<MetricReading> Metrics(JsonNode properties)
    {
        foreach (var metric in properties["metrics"]?.AsArray() ?? [])
        {
            var parts = metric!.AsArray();
            if (parts[0] is JsonObject)
                continue; // A formula; its metrics are rows of their own.
            var options = parts[^1] as JsonObject;
            var texts = parts.OfType<JsonValue>().Select(part => (string)part!).ToList();
            var dimensions = texts
                .Skip(2)
                .Chunk(2)
                .ToDictionary(pair => pair[0], pair => (JsonNode)JsonValue.Create(pair[1])!, StringComparer.Ordinal);
            yield return new MetricReading(
                texts[0],
                texts[1],
                (string?)options?["stat"] ?? "Average",
                (int?)options?["period"] ?? 300,
                dimensions
            );
        }
    }

    private static IEnumerable<string> Problems(MetricReading reading, string own)
    {
        var what =
            $"{reading.Namespace} {reading.Name} {reading.Statistic} by "
                + $"{string.Join(", ", reading.Dimensions.Keys.Order(StringComparer.Ordinal))}";
        if (reading.Namespace != own)
        {
            if (
                !WatchedMetrics.OfServices.Any(known =>
                    known.Namespace == reading.Namespace
                    && known.Name == reading.Name
                    && known
                        .Dimensions.Order(StringComparer.Ordinal)
                        .SequenceEqual(reading.Dimensions.Keys.Order(StringComparer.Ordinal))
                    && known.Statistics.Contains(reading.Statistic)
                )
            )
                yield return $"No service measures {what}.";
            yield break;
        }
        if (
            !WatchedMetrics.OfFunctions.TryGetValue(reading.Name, out var metric)
            || !metric.Statistics.Contains(reading.Statistic)
        )
            yield return $"No function measures {what}.";
        else if (
            !reading.Dimensions.Keys.SequenceEqual(metric.Tag is null ? [] : [metric.Tag])
            || reading.Dimensions.Values.Any(value => !metric.Values.Contains((string)value!))
        )
            yield return $"No function measures {what}: {string.Join(", ", reading.Dimensions.Values)}";
    }

    private static string TypeOf(string space, string dimension) => (space, dimension) switch
    {
        ("AWS/Lambda", "FunctionName") => "AWS::Lambda::Function",
        ("AWS/Lambda", "EventSourceMappingUUID") => "AWS::Lambda::EventSourceMapping",
        ("AWS/Kinesis", "StreamName") => "AWS::Kinesis::Stream",
        ("AWS/DynamoDB", "TableName") => "AWS::DynamoDB::Table",
        ("AWS/States", "StateMachineArn") => "AWS::StepFunctions::StateMachine",
        ("AWS/SQS", "QueueName") => "AWS::SQS::Queue",
        ("AWS/ApiGateway", "ApiId") => "AWS::ApiGatewayV2::Api",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), $"{space} has no {dimension}."),
    };

    [GeneratedRegex(@"Runbook: docs/operations-aws\.md#(?<name>[a-z-]+)$", RegexOptions.None, 1000)]
    private static partial Regex Runbook();

    [GeneratedRegex("^### (?<name>[a-z][a-z-]+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Headings();

    [GeneratedRegex("\"(?<code>[a-z]+(-[a-z]+)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RejectionCodes();
}
