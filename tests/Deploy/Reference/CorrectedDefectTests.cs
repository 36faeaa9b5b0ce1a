using System.Globalization;
using System.Text.Json.Nodes;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Reference;

/// <summary>
/// The reference's defects that are a matter of deployment; each test fails on the reference's way.
/// The numbers are design's.
/// </summary>
[Collection(StackCollection.Name)]
public sealed class CorrectedDefectTests(Stacks stacks)
{
    private static readonly string[] s_functions = ["stream-processor", "archiver", "batch-processor", "admin-api"];

    // 1: errors were swallowed. The mapping must understand partial failures, and someone must hear of the others.
    [Fact]
    public void Partial_failures_are_reported_and_the_error_alarm_tells_someone()
    {
        Assert.Equal(
            """["ReportBatchItemFailures"]""",
            stacks.Dev.Only("AWS::Lambda::EventSourceMapping").At("FunctionResponseTypes")!.ToJsonString()
        );
        Assert.NotNull(stacks.Dev.Alarm("recommendation-dev-lambda-errors").At("AlarmActions", 0));
    }

    // 4: three retries made a five-minute outage a loss, and one bad record failed its batch for ever.
    [Fact]
    public void A_batch_is_retried_until_shortly_before_the_stream_drops_it_and_then_kept()
    {
        foreach (var hours in (int[])[24, 48, 169])
        {
            var mapping = stacks
                .Of("dev", ("stream.retentionHours", hours.ToString(CultureInfo.InvariantCulture)))
                .Only("AWS::Lambda::EventSourceMapping");
            Assert.Equal("-1", mapping.Text("MaximumRetryAttempts"));
            Assert.Equal((hours - 1) * 3600, (int)mapping.At("MaximumRecordAgeInSeconds")!);
            Assert.Equal("true", mapping.Text("BisectBatchOnFunctionError"));
            Assert.Equal(
                stacks.Dev.Only("AWS::S3::Bucket").Id,
                mapping.Text("DestinationConfig", "OnFailure", "Destination", "Fn::GetAtt", 0)
            );
        }
    }

    [Fact]
    public void What_is_given_up_may_be_written_and_raises_an_alarm()
    {
        Assert.Contains(
            Policies.Of(stacks.Dev, "recommendation-dev-stream-processor"),
            right => right == new Right("s3:PutObject", "bucket/aws/lambda/*")
        );
        Assert.Equal(
            "EventCount",
            stacks.Dev.Only("AWS::Lambda::EventSourceMapping").Text("MetricsConfig", "Metrics", 0)
        );
        Assert.NotNull(stacks.Dev.Alarm("recommendation-dev-batches-given-up").At("AlarmActions", 0));
    }

    // 5: the batch role might only read the table it writes to.
    [Fact]
    public void The_batch_processor_may_write_the_table() =>
        Assert.Contains(
            new Right("dynamodb:BatchWriteItem", "table"),
            Policies.Of(stacks.Dev, "recommendation-dev-batch-processor")
        );

    // 6: a scan of the whole table in one process of a quarter of an hour.
    [Fact]
    public void Who_ranks_may_not_scan_the_table_and_segments_are_spread()
    {
        Assert.DoesNotContain(
            Policies.Of(stacks.Dev, "recommendation-dev-batch-processor"),
            right => right == new Right("dynamodb:Scan", "table")
        );
        Assert.Contains(
            new Right("dynamodb:Query", "index/active-users"),
            Policies.Of(stacks.Dev, "recommendation-dev-batch-processor")
        );
        Assert.Contains(
            new Right("states:StartExecution", "stateMachine/recommendation-dev-batch"),
            Policies.OfRole(stacks.Dev, "What recommendation-dev-batch may do")
        );
    }

    // 10: an alarm on UserErrors, and no alarm with an action.
    [Fact]
    public void No_alarm_watches_user_errors_and_every_alarm_has_an_action()
    {
        Assert.DoesNotContain("UserErrors", stacks.Full.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.All(stacks.Full.All("AWS::CloudWatch::Alarm"), alarm =>
        {
            Assert.Equal(stacks.Full.Only("AWS::SNS::Topic").Id, alarm.Text("AlarmActions", 0, "Ref"));
            Assert.NotEqual("false", alarm.Text("ActionsEnabled"));
            Assert.NotNull(alarm.At("TreatMissingData"));
        });
    }

    [Fact]
    public void The_topic_lets_alarms_in_and_no_one_without_TLS()
    {
        foreach (var template in (SynthesizedTemplate[])[stacks.Dev, stacks.Prod])
        {
            var statements = template.Only("AWS::SNS::TopicPolicy").At("PolicyDocument", "Statement")!.AsArray();
            Assert.Contains(
                statements,
                statement =>
                    (string)statement!["Effect"]! == "Allow"
                    && statement["Principal"]!["Service"] is JsonValue service
                    && (string)service! == "cloudwatch.amazonaws.com"
            );
            Assert.Contains(statements, DeniesPlainHttp);
        }
        Assert.Contains(
            stacks.Prod.Only("AWS::KMS::Key").At("KeyPolicy", "Statement")!.AsArray(),
            statement =>
                statement!["Principal"]!["Service"] is JsonValue service
                && (string)service! == "cloudwatch.amazonaws.com"
        );
    }

    // 11: unused permissions, concurrency beyond the shards, an open bucket, production destroyed with its stack.
    [Fact]
    public void The_stream_processor_may_not_invoke_the_endpoint() =>
        Assert.DoesNotContain(
            Policies.Of(stacks.Full, "recommendation-prod-stream-processor"),
            right => right.Action.StartsWith("sagemaker:", StringComparison.Ordinal)
        );

    [Fact]
    public void Concurrency_is_what_the_shards_can_use()
    {
        Assert.Equal(
            "4",
            stacks.Dev.Function("recommendation-dev-stream-processor").Text("ReservedConcurrentExecutions")
        );
        var wide = stacks.Of(
            "dev",
            ("stream.shards", "8"),
            ("stream.parallelization", "3"),
            ("stream.partitionKeyIsUser", "true")
        );
        var function = wide.Function("recommendation-dev-stream-processor");
        Assert.Equal("24", function.Text("ReservedConcurrentExecutions"));
        Assert.Equal("true", function.Text("Environment", "Variables", "PARTITION_KEY_IS_USER"));
        Assert.Equal("3", wide.Only("AWS::Lambda::EventSourceMapping").Text("ParallelizationFactor"));
        Assert.Null(
            stacks
                .Dev.Function("recommendation-dev-stream-processor")
                .At("Environment", "Variables", "PARTITION_KEY_IS_USER")
        );
        Assert.Null(
            stacks
                .Of("dev", ("stream.concurrency", "0"))
                .Function("recommendation-dev-stream-processor")
                .At("ReservedConcurrentExecutions")
        );
    }

    [Fact]
    public void Every_bucket_is_closed_and_wants_TLS()
    {
        foreach (var template in (SynthesizedTemplate[])[stacks.Dev, stacks.Full])
        {
            foreach (var bucket in template.All("AWS::S3::Bucket"))
            {
                Assert.All(
                    ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"],
                    name => Assert.Equal("true", bucket.Text("PublicAccessBlockConfiguration", name))
                );
                var policy = template
                    .All("AWS::S3::BucketPolicy")
                    .Single(policy => policy.Text("Bucket", "Ref") == bucket.Id);
                Assert.Contains(policy.At("PolicyDocument", "Statement")!.AsArray(), DeniesPlainHttp);
            }
        }
    }

    [Fact]
    public void Production_keeps_its_data_backed_up_and_under_a_key_of_its_own()
    {
        var (table, stream, key) = (
            stacks.Prod.Only("AWS::DynamoDB::Table"),
            stacks.Prod.Only("AWS::Kinesis::Stream"),
            stacks.Prod.Only("AWS::KMS::Key")
        );
        var bucket = stacks
            .Prod.All("AWS::S3::Bucket")
            .Single(found => found.At("VersioningConfiguration") is not null);
        Assert.All([table, stream, key, bucket], resource => Assert.Equal("Retain", resource.DeletionPolicy));
        Assert.Empty(stacks.Prod.All("Custom::S3AutoDeleteObjects"));
        Assert.Equal("true", table.Text("DeletionProtectionEnabled"));
        Assert.Equal("true", table.Text("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"));
        Assert.Equal(key.Id, table.Text("SSESpecification", "KMSMasterKeyId", "Fn::GetAtt", 0));
        Assert.Equal(key.Id, stream.Text("StreamEncryption", "KeyId", "Fn::GetAtt", 0));
        Assert.Equal(
            key.Id,
            bucket.Text(
                "BucketEncryption",
                "ServerSideEncryptionConfiguration",
                0,
                "ServerSideEncryptionByDefault",
                "KMSMasterKeyID",
                "Fn::GetAtt",
                0
            )
        );
        Assert.Equal("true", key.Text("EnableKeyRotation"));
        Assert.All(
            s_functions,
            name =>
                Assert.Equal(
                    "30",
                    stacks
                        .Prod.Find(
                            stacks
                                .Prod.Function($"recommendation-prod-{name}")
                                .Text("LoggingConfig", "LogGroup", "Ref")!
                        )
                        .Text("RetentionInDays")
                )
        );
    }

    // 12: LATEST skips what arrives while the mapping is made.
    [Fact]
    public void The_stream_is_read_from_its_beginning() =>
        Assert.Equal("TRIM_HORIZON", stacks.Dev.Only("AWS::Lambda::EventSourceMapping").Text("StartingPosition"));

    private static bool DeniesPlainHttp(JsonNode? statement) =>
        (string)statement!["Effect"]! == "Deny"
        && statement["Condition"]?["Bool"]?["aws:SecureTransport"] is { } secure
        && secure.ToString() == "false";
}
