using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KinesisFirehose;
using Amazon.CDK.AWS.Logs;
using Constructs;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;
using Stream = Amazon.CDK.AWS.Kinesis.Stream;

namespace Recommendation.Deploy.Ingestion;

/// <summary>
/// Every event of the stream as JSON Lines in S3, by day and group of users: <c>archive/yyyy/MM/dd/7f/</c>. The stream
/// processor's host in its archive mode adds id, position and arrival to each. It runs as a function of its own, so
/// that neither consumer takes the other's concurrency, and so that it has no right on any data.
/// </summary>
internal sealed class EventArchive : Construct
{
    internal EventArchive(
        Construct scope,
        StackSettings settings,
        Names names,
        FunctionAssets assets,
        Stream stream,
        ArtifactBucket storage,
        Encryption encryption
    )
        : base(scope, "Archive")
    {
        Archiver = new HostFunction(
            this,
            "Archiver",
            new HostFunctionProps(
                names.Archiver,
                "Gives archived events their id, position and arrival.",
                assets.FolderOf(FunctionAssets.StreamProcessor),
                settings.Functions,
                settings.Functions.ArchiverMemory,
                TimeoutSeconds: 60,
                [],
                FunctionEnvironment.WithoutData(settings, names)
            )
        );
        var (logGroup, logStream) = Log(settings, names);
        var role = new Role(
            this,
            "Role",
            new RoleProps
            {
                AssumedBy = new ServicePrincipal("firehose.amazonaws.com"),
                Description = $"What the delivery of {names.Archive} may do",
            }
        );
        role.AddToPolicy(
            Permissions.Allow(
                ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"],
                stream.StreamArn
            )
        );
        role.AddToPolicy(
            Permissions.Allow(
                ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
                storage.Objects(ArtifactBucket.Archive),
                storage.Objects(ArtifactBucket.ArchiveErrors)
            )
        );
        role.AddToPolicy(
            Permissions.Allow(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], storage.Arn)
        );
        role.AddToPolicy(
            Permissions.Allow(
                ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
                Archiver.Function.FunctionArn
            )
        );
        role.AddToPolicy(Permissions.Allow(["logs:PutLogEvents"], logGroup.LogGroupArn));
        foreach (var statement in encryption.ReadWrite)
            role.AddToPolicy(statement);
        var policy = (Policy)role.Node.FindChild("DefaultPolicy");
        Findings.AcceptPrefixes(policy);
        Delivery = new CfnDeliveryStream(this, "Delivery", new CfnDeliveryStreamProps
        {
            DeliveryStreamName = names.Archive,
            DeliveryStreamType = "KinesisStreamAsSource",
            KinesisStreamSourceConfiguration = new CfnDeliveryStream.KinesisStreamSourceConfigurationProperty
            {
                KinesisStreamArn = stream.StreamArn,
                RoleArn = role.RoleArn,
            },
            ExtendedS3DestinationConfiguration = new CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty
            {
                BucketArn = storage.Arn,
                RoleArn = role.RoleArn,
                // UTC, and the arrival of the object's first record: the day that readers of the archive go by.
                Prefix = ArtifactBucket.Archive + "!{timestamp:yyyy/MM/dd}/!{partitionKeyFromLambda:bucket}/",
                ErrorOutputPrefix = ArtifactBucket.ArchiveErrors
                    + "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
                DynamicPartitioningConfiguration = new CfnDeliveryStream.DynamicPartitioningConfigurationProperty
                {
                    Enabled = true,
                    RetryOptions = new CfnDeliveryStream.RetryOptionsProperty { DurationInSeconds = 300 },
                },
                CompressionFormat = "GZIP",
                FileExtension = ".jsonl.gz",
                BufferingHints = new CfnDeliveryStream.BufferingHintsProperty
                {
                    IntervalInSeconds = settings.Stream.ArchiveSeconds,
                    SizeInMBs = 64,
                },
                CloudWatchLoggingOptions = new CfnDeliveryStream.CloudWatchLoggingOptionsProperty
                {
                    Enabled = true,
                    LogGroupName = logGroup.LogGroupName,
                    LogStreamName = logStream.LogStreamName,
                },
                ProcessingConfiguration = Processing(),
            },
        });
        Delivery.Node.AddDependency(policy);
        // With what empties the bucket: when the stack goes, the delivery has to end first, or it
        // fills the bucket again.
        Delivery.Node.AddDependency(storage.Bucket);
        Findings.Accept(
            Delivery,
            "AwsSolutions-KDF1",
            "Its source is encrypted, and a delivery from a stream can't have encryption of its own."
        );
    }

    internal HostFunction Archiver { get; }

    internal CfnDeliveryStream Delivery { get; }

    private (LogGroup Group, LogStream Stream) Log(StackSettings settings, Names names)
    {
        var group = new KeptLog(this, "Logs", $"/aws/kinesisfirehose/{names.Archive}", settings.Functions.LogDays);
        return (
            group,
            new LogStream(
                this,
                "LogStream",
                new LogStreamProps
                {
                    LogGroup = group,
                    LogStreamName = "delivery",
                    RemovalPolicy = RemovalPolicy.DESTROY,
                }
            )
        );
    }

    private CfnDeliveryStream.ProcessingConfigurationProperty Processing() => new()
    {
        Enabled = true,
        Processors = new object[]
        {
            new CfnDeliveryStream.ProcessorProperty
            {
                Type = "Lambda",
                Parameters = new object[]
                {
                    Parameter("LambdaArn", Archiver.Function.FunctionArn),
                    // The answer may be 6 MB, and an archived line is up to four times its event.
                    Parameter("BufferSizeInMBs", "1"),
                    Parameter("BufferIntervalInSeconds", "60"),
                    Parameter("NumberOfRetries", "3"),
                },
            },
        },
    };

    private static CfnDeliveryStream.ProcessorParameterProperty Parameter(string name, string value) =>
        new() { ParameterName = name, ParameterValue = value };
}
