using System.Text.Json.Nodes;
using Recommendation.Deploy.Tests.Given;

namespace Recommendation.Deploy.Tests.Reference;

/// <summary>Every part of the reference system, by its names and values.</summary>
[Collection(StackCollection.Name)]
public sealed class ReferenceStackTests(Stacks stacks)
{
    /// <summary>Development with the reference's billing.</summary>
    private SynthesizedTemplate Provisioned => stacks.Of("dev", ("profiles.billing", "provisioned"));

    [Fact]
    public void The_suffix_comes_from_the_property_else_the_context_else_is_dev()
    {
        Assert.Equal(
            "recommendation-qa-user-events",
            stacks.Of("qa", ("environmentSuffix", "other")).Only("AWS::Kinesis::Stream").Text("Name")
        );
        Assert.Equal(
            "recommendation-other-user-events",
            stacks.Of(null, ("environmentSuffix", "other")).Only("AWS::Kinesis::Stream").Text("Name")
        );
        Assert.Equal("recommendation-dev-user-events", stacks.Of(null).Only("AWS::Kinesis::Stream").Text("Name"));
    }

    [Fact]
    public void The_stream_has_four_provisioned_shards_and_keeps_a_day()
    {
        var stream = stacks.Dev.Only("AWS::Kinesis::Stream");
        Assert.Equal("recommendation-dev-user-events", stream.Text("Name"));
        Assert.Equal("PROVISIONED", stream.Text("StreamModeDetails", "StreamMode"));
        Assert.Equal("4", stream.Text("ShardCount"));
        Assert.Equal("24", stream.Text("RetentionPeriodHours"));
        Assert.NotNull(stream.At("StreamEncryption"));
    }

    [Fact]
    public void The_stream_processor_has_a_minute_and_takes_batches_of_a_hundred()
    {
        var function = stacks.Dev.Function("recommendation-dev-stream-processor");
        Assert.Equal("60", function.Text("Timeout"));
        Assert.Equal("provided.al2023", function.Text("Runtime"));
        var mapping = stacks.Dev.Only("AWS::Lambda::EventSourceMapping");
        Assert.Equal("100", mapping.Text("BatchSize"));
        Assert.Equal(function.Id, mapping.Text("FunctionName", "Ref"));
        Assert.Equal(stacks.Dev.Only("AWS::Kinesis::Stream").Id, mapping.Text("EventSourceArn", "Fn::GetAtt", 0));
    }

    [Fact]
    public void The_references_concurrency_retries_and_position_are_settings()
    {
        var template = stacks.Of(
            "dev",
            ("stream.concurrency", "50"),
            ("stream.retries", "3"),
            ("stream.startingPosition", "LATEST")
        );
        Assert.Equal(
            "50",
            template.Function("recommendation-dev-stream-processor").Text("ReservedConcurrentExecutions")
        );
        Assert.Equal("3", template.Only("AWS::Lambda::EventSourceMapping").Text("MaximumRetryAttempts"));
        Assert.Equal("LATEST", template.Only("AWS::Lambda::EventSourceMapping").Text("StartingPosition"));
    }

    [Fact]
    public void The_table_is_keyed_by_user_and_provisioned_with_five()
    {
        var table = Provisioned.Only("AWS::DynamoDB::Table");
        Assert.Equal("recommendation-dev-user-profiles", table.Text("TableName"));
        Assert.Equal(
            """[{"AttributeName":"userId","KeyType":"HASH"},{"AttributeName":"kind","KeyType":"RANGE"}]""",
            table.At("KeySchema")!.ToJsonString()
        );
        Assert.Contains(
            table.At("AttributeDefinitions")!.AsArray(),
            a => (string)a!["AttributeName"]! == "userId" && (string)a["AttributeType"]! == "S"
        );
        Assert.Equal("5", table.Text("ProvisionedThroughput", "ReadCapacityUnits"));
        Assert.Equal("5", table.Text("ProvisionedThroughput", "WriteCapacityUnits"));
    }

    [Fact]
    public void Table_and_index_scale_from_5_to_100_at_70_percent_for_reads_and_writes()
    {
        var targets = Provisioned
            .All("AWS::ApplicationAutoScaling::ScalableTarget")
            .ToDictionary(target => target.Text("ScalableDimension")!);
        Assert.Equal(
            [
                "dynamodb:index:ReadCapacityUnits",
                "dynamodb:index:WriteCapacityUnits",
                "dynamodb:table:ReadCapacityUnits",
                "dynamodb:table:WriteCapacityUnits",
            ],
            targets.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            targets.Values,
            target => Assert.Equal(("5", "100"), (target.Text("MinCapacity"), target.Text("MaxCapacity")))
        );
        var policies = Provisioned.All("AWS::ApplicationAutoScaling::ScalingPolicy").ToList();
        Assert.Equal(
            targets.Values.Select(target => target.Id).Order(StringComparer.Ordinal),
            policies.Select(policy => policy.Text("ScalingTargetId", "Ref")).Order(StringComparer.Ordinal)
        );
        Assert.All(
            policies,
            policy => Assert.Equal("70", policy.Text("TargetTrackingScalingPolicyConfiguration", "TargetValue"))
        );
    }

    [Fact]
    public void The_index_is_sparse_and_holds_keys_only()
    {
        var index = Assert.Single(stacks.Dev.Only("AWS::DynamoDB::Table").At("GlobalSecondaryIndexes")!.AsArray())!;
        Assert.Equal("active-users", (string)index["IndexName"]!);
        Assert.Equal("KEYS_ONLY", (string)index["Projection"]!["ProjectionType"]!);
        Assert.Equal(
            """[{"AttributeName":"activeBucket","KeyType":"HASH"},{"AttributeName":"userId","KeyType":"RANGE"}]""",
            index["KeySchema"]!.ToJsonString()
        );
    }

    [Fact]
    public void Time_to_live_is_there_and_development_pays_per_request_unless_it_is_set()
    {
        var table = stacks.Dev.Only("AWS::DynamoDB::Table");
        Assert.Equal("expiresAt", table.Text("TimeToLiveSpecification", "AttributeName"));
        Assert.Equal("PAY_PER_REQUEST", table.Text("BillingMode"));
        Assert.Null(table.At("ProvisionedThroughput"));
        Assert.Empty(stacks.Dev.All("AWS::ApplicationAutoScaling::ScalableTarget"));
    }

    [Fact]
    public void The_bucket_carries_the_account_in_its_name_and_keeps_versions()
    {
        var bucket = stacks.Dev.Only("AWS::S3::Bucket");
        Assert.Equal(
            """{"Fn::Join":["",["recommendation-dev-model-artifacts-",{"Ref":"AWS::AccountId"}]]}""",
            bucket.At("BucketName")!.ToJsonString()
        );
        Assert.Equal("Enabled", bucket.Text("VersioningConfiguration", "Status"));
        Assert.Equal(
            "AES256",
            bucket.Text(
                "BucketEncryption",
                "ServerSideEncryptionConfiguration",
                0,
                "ServerSideEncryptionByDefault",
                "SSEAlgorithm"
            )
        );
    }

    [Fact]
    public void A_development_stack_is_emptied_and_torn_down_whole()
    {
        Assert.Equal("Delete", stacks.Dev.Only("AWS::S3::Bucket").DeletionPolicy);
        Assert.Single(stacks.Dev.All("Custom::S3AutoDeleteObjects"));
        Assert.All(
            stacks.Dev.Resources.Where(resource => resource.DeletionPolicy is not null),
            resource => Assert.Equal("Delete", resource.DeletionPolicy)
        );
    }

    [Fact]
    public void The_batch_processor_has_a_quarter_of_an_hour() =>
        Assert.Equal("900", stacks.Dev.Function("recommendation-dev-batch-processor").Text("Timeout"));

    [Fact]
    public void The_nightly_rule_fires_at_two_and_names_the_time_that_it_fired()
    {
        var rule = stacks.Dev.Named("AWS::Events::Rule", "Name", "recommendation-dev-batch-processing");
        Assert.Equal("cron(0 2 * * ? *)", rule.Text("ScheduleExpression"));
        Assert.Equal("ENABLED", rule.Text("State"));
        Assert.Equal("""{"scheduledAt":<time>}""", rule.Text("Targets", 0, "InputTransformer", "InputTemplate"));
        Assert.Equal("$.time", rule.Text("Targets", 0, "InputTransformer", "InputPathsMap", "time"));
        Assert.Equal(
            stacks.Dev.Named("AWS::StepFunctions::StateMachine", "StateMachineName", "recommendation-dev-batch").Id,
            rule.Text("Targets", 0, "Arn", "Ref")
        );
        Assert.NotNull(rule.At("Targets", 0, "DeadLetterConfig"));
    }

    [Fact]
    public void The_endpoint_ranks_for_the_batch_processor_where_image_and_artefact_are_given()
    {
        var template = stacks.Full;
        Assert.Equal("recommendation-prod-endpoint", template.Only("AWS::SageMaker::Endpoint").Text("EndpointName"));
        Assert.Equal(
            "recommendation-prod-endpoint",
            template.Function("recommendation-prod-batch-processor").Text("Environment", "Variables", "ENDPOINT_NAME")
        );
        Assert.Equal(
            (Stacks.Image, Stacks.Artefact),
            (
                template.Only("AWS::SageMaker::Model").Text("PrimaryContainer", "Image"),
                template.Only("AWS::SageMaker::Model").Text("PrimaryContainer", "ModelDataUrl")
            )
        );
        var target = template.Named(
            "AWS::ApplicationAutoScaling::ScalableTarget",
            "ScalableDimension",
            "sagemaker:variant:DesiredInstanceCount"
        );
        Assert.Equal("endpoint/recommendation-prod-endpoint/variant/AllTraffic", target.Text("ResourceId"));
        Assert.Empty(stacks.Dev.All("AWS::SageMaker::Endpoint"));
        Assert.Null(
            stacks.Dev.Function("recommendation-dev-batch-processor").At("Environment", "Variables", "ENDPOINT_NAME")
        );
    }

    [Theory]
    [InlineData("stream-processor")]
    [InlineData("batch-processor")]
    [InlineData("admin-api")]
    public void Every_function_knows_table_and_bucket_and_keeps_its_log_for_a_day(string name)
    {
        var function = stacks.Dev.Function($"recommendation-dev-{name}");
        Assert.Equal(
            stacks.Dev.Only("AWS::DynamoDB::Table").Id,
            function.Text("Environment", "Variables", "TABLE_NAME", "Ref")
        );
        Assert.Equal(
            stacks.Dev.Only("AWS::S3::Bucket").Id,
            function.Text("Environment", "Variables", "BUCKET_NAME", "Ref")
        );
        Assert.Equal("24", function.Text("Environment", "Variables", "STREAM_RETENTION_HOURS"));
        Assert.Equal("recommendation-dev", function.Text("Environment", "Variables", "METRICS_NAMESPACE"));
        Assert.Equal("bootstrap", function.Text("Handler"));
        var log = stacks.Dev.Find(function.Text("LoggingConfig", "LogGroup", "Ref")!);
        Assert.Equal(
            ($"/aws/lambda/recommendation-dev-{name}", "1"),
            (log.Text("LogGroupName"), log.Text("RetentionInDays"))
        );
    }

    [Fact]
    public void The_settings_of_the_engine_reach_the_functions_and_the_training()
    {
        const string Content = """{"serving":{"repeats":true}}""";
        var path = Path.GetTempFileName();
        File.WriteAllText(path, Content);
        var template = stacks.Of("qa", ("settings", path), ("model.image", Stacks.Image));
        File.Delete(path);

        foreach (var name in new[] { "stream-processor", "batch-processor", "admin-api" })
            Assert.Equal(
                Content,
                template
                    .Function($"recommendation-qa-{name}")
                    .Text("Environment", "Variables", "RECOMMENDATION_SETTINGS")
            );
        var settings = template
            .All("AWS::StepFunctions::StateMachine")
            .Select(machine => machine.Text("DefinitionSubstitutions", "Settings"))
            .OfType<string>();
        Assert.Equal(
            Content,
            System.Text.Json.Nodes.JsonNode.Parse($"\"{Assert.Single(settings)}\"")!.GetValue<string>()
        );
        Assert.Null(
            stacks
                .Dev.Function("recommendation-dev-admin-api")
                .Text("Environment", "Variables", "RECOMMENDATION_SETTINGS")
        );
    }

    [Fact]
    public void The_archiver_knows_no_data()
    {
        var variables = stacks
            .Dev.Function("recommendation-dev-archiver")
            .At("Environment", "Variables")!
            .AsObject()
            .Select(pair => pair.Key);
        Assert.Equal(
            ["DOTNET_EnableWriteXorExecute", "LOG_LEVEL", "METRICS_NAMESPACE", "STREAM_RETENTION_HOURS"],
            variables.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_archive_is_written_by_day_and_group_of_users_as_compressed_lines_that_the_archiver_made()
    {
        var delivery = stacks.Dev.Only("AWS::KinesisFirehose::DeliveryStream");
        Assert.Equal(
            stacks.Dev.Only("AWS::Kinesis::Stream").Id,
            delivery.Text("KinesisStreamSourceConfiguration", "KinesisStreamARN", "Fn::GetAtt", 0)
        );
        Assert.Equal(
            ("archive/!{timestamp:yyyy/MM/dd}/!{partitionKeyFromLambda:bucket}/", "GZIP", ".jsonl.gz"),
            (
                delivery.Text("ExtendedS3DestinationConfiguration", "Prefix"),
                delivery.Text("ExtendedS3DestinationConfiguration", "CompressionFormat"),
                delivery.Text("ExtendedS3DestinationConfiguration", "FileExtension")
            )
        );
        Assert.True(
            (bool)delivery.At("ExtendedS3DestinationConfiguration", "DynamicPartitioningConfiguration", "Enabled")!
        );
        // The least that a delivery with partitions takes.
        Assert.Equal("64", delivery.Text("ExtendedS3DestinationConfiguration", "BufferingHints", "SizeInMBs"));
        Assert.Equal(
            stacks.Dev.Function("recommendation-dev-archiver").Id,
            delivery.Text(
                "ExtendedS3DestinationConfiguration",
                "ProcessingConfiguration",
                "Processors",
                0,
                "Parameters",
                0,
                "ParameterValue",
                "Fn::GetAtt",
                0
            )
        );
    }

    [Fact]
    public void The_api_wants_IAM_on_every_route_is_throttled_and_logs_accesses()
    {
        Assert.All(
            stacks.Dev.All("AWS::ApiGatewayV2::Route"),
            route => Assert.Equal("AWS_IAM", route.Text("AuthorizationType"))
        );
        var stage = stacks.Dev.Only("AWS::ApiGatewayV2::Stage");
        Assert.Equal(
            ("50", "100"),
            (
                stage.Text("DefaultRouteSettings", "ThrottlingRateLimit"),
                stage.Text("DefaultRouteSettings", "ThrottlingBurstLimit")
            )
        );
        Assert.NotNull(stage.At("AccessLogSettings", "DestinationArn"));
        Assert.Equal("2.0", stacks.Dev.Only("AWS::ApiGatewayV2::Integration").Text("PayloadFormatVersion"));
    }

    [Fact]
    public void A_weekly_rule_trains_in_the_batch_processor_or_where_there_is_an_image_in_a_training_job()
    {
        Assert.Equal(
            [
                "recommendation-dev-batch",
                "recommendation-dev-compaction",
                "recommendation-dev-erasure",
                "recommendation-dev-training",
            ],
            stacks
                .Dev.All("AWS::StepFunctions::StateMachine")
                .Select(machine => machine.Text("StateMachineName"))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                "recommendation-dev-batch-processing",
                "recommendation-dev-compaction",
                "recommendation-dev-erasure",
                "recommendation-dev-feedback",
                "recommendation-dev-popular-often",
                "recommendation-dev-popular-seldom",
                "recommendation-dev-training",
            ],
            stacks.Dev.All("AWS::Events::Rule").Select(rule => rule.Text("Name")).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(
            stacks.Dev.All("AWS::IAM::Policy"),
            policy => policy.Properties.ToJsonString().Contains("sagemaker:CreateTrainingJob", StringComparison.Ordinal)
        );
        Assert.Equal(
            "cron(0 18 ? * SAT *)",
            stacks.Dev.Named("AWS::Events::Rule", "Name", "recommendation-dev-training").Text("ScheduleExpression")
        );
        Assert.Equal(
            "cron(0 18 ? * SAT *)",
            stacks.Full.Named("AWS::Events::Rule", "Name", "recommendation-prod-training").Text("ScheduleExpression")
        );
        Assert.NotNull(
            stacks.Full.Named("AWS::StepFunctions::StateMachine", "StateMachineName", "recommendation-prod-training")
        );
    }

    [Fact]
    public void The_outputs_are_the_references_and_each_says_what_it_is()
    {
        var outputs = stacks.Dev.Outputs;
        foreach (
            var name in (string[])
                [
                    "StreamName",
                    "TableName",
                    "BucketName",
                    "EndpointName",
                    "StreamProcessorFunctionName",
                    "BatchProcessorFunctionName",
                ]
        )
            Assert.True(outputs.ContainsKey(name), name);
        Assert.All(
            outputs,
            output =>
                Assert.False(string.IsNullOrWhiteSpace((string?)((JsonObject)output.Value!)["Description"]), output.Key)
        );
        Assert.Equal("recommendation-dev-endpoint", (string)outputs["EndpointName"]!["Value"]!);
    }
}
