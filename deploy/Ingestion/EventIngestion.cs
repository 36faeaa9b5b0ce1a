using Amazon.CDK;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Recommendation.Deploy.Functions;
using Recommendation.Deploy.Profiles;
using Recommendation.Deploy.Settings;
using Recommendation.Deploy.Storage;
using Stream = Amazon.CDK.AWS.Kinesis.Stream;

namespace Recommendation.Deploy.Ingestion;

/// <summary>The stream of events, the function that applies it into profiles, and the archive.</summary>
internal sealed class EventIngestion : Construct
{
    private static readonly string[] s_mappingMetrics = ["EventCount"];

    internal EventIngestion(
        Construct scope,
        StackSettings settings,
        Names names,
        FunctionAssets assets,
        UserProfiles profiles,
        ArtifactBucket storage,
        Encryption encryption
    )
        : base(scope, "Ingestion")
    {
        Stream = new Stream(this, "Events", new StreamProps
        {
            StreamName = names.Stream,
            StreamMode = StreamMode.PROVISIONED,
            ShardCount = settings.Stream.Shards,
            RetentionPeriod = Duration.Hours(settings.Stream.RetentionHours),
            Encryption = encryption.Key is null ? StreamEncryption.MANAGED : StreamEncryption.KMS,
            EncryptionKey = encryption.Key,
            RemovalPolicy = settings.IsProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        });
        if (encryption.Key is not null)
            Findings.Accept(
                Stream,
                "AwsSolutions-KDS3",
                "It is encrypted with the stack's own key, which the account controls."
            );
        Processor = new HostFunction(
            this,
            "StreamProcessor",
            new HostFunctionProps(
                names.StreamProcessor,
                "Applies events of the stream into user profiles.",
                assets.FolderOf(FunctionAssets.StreamProcessor),
                settings.Functions,
                settings.Functions.StreamMemory,
                TimeoutSeconds: 60,
                [
                    Permissions.Allow(
                        [
                            "kinesis:DescribeStream",
                            "kinesis:DescribeStreamSummary",
                            "kinesis:GetRecords",
                            "kinesis:GetShardIterator",
                            "kinesis:ListShards",
                        ],
                        Stream.StreamArn
                    ),
                    Permissions.Allow(
                        [
                            "dynamodb:BatchGetItem",
                            "dynamodb:DeleteItem",
                            "dynamodb:GetItem",
                            "dynamodb:PutItem",
                            "dynamodb:Query",
                        ],
                        profiles.Table.TableArn
                    ),
                    Permissions.Allow(
                        ["s3:GetObject", "s3:PutObject"],
                        storage.Objects(ArtifactBucket.Quarantine),
                        storage.Objects(ArtifactBucket.QuarantinePositions)
                    ),
                    // A rejected record of a user who was erased since must not come back.
                    Permissions.Allow(["s3:GetObject"], storage.Objects(ArtifactBucket.Erasures)),
                    Permissions.Allow(["s3:PutObject"], storage.Objects(ArtifactBucket.GivenUp)),
                    Permissions.Allow(["s3:ListBucket"], storage.Arn),
                    .. encryption.ReadWrite,
                ],
                FunctionEnvironment.Of(settings, names, profiles, storage),
                settings.Stream.ReservedConcurrency
            )
        );
        Findings.AcceptPrefixes(Processor.Policy);
        Mapping = Map(settings.Stream, storage);
        // It may put given-up batches into the bucket until it is gone.
        Mapping.Node.AddDependency(storage.Bucket);
        Archive = new EventArchive(this, settings, names, assets, Stream, storage, encryption);
    }

    internal Stream Stream { get; }

    internal HostFunction Processor { get; }

    internal CfnEventSourceMapping Mapping { get; }

    internal EventArchive Archive { get; }

    private CfnEventSourceMapping Map(StreamSettings stream, ArtifactBucket storage)
    {
        var mapping = new CfnEventSourceMapping(this, "Mapping", new CfnEventSourceMappingProps
        {
            EventSourceArn = Stream.StreamArn,
            FunctionName = Processor.Function.FunctionName,
            StartingPosition = stream.StartingPosition,
            BatchSize = stream.BatchSize,
            MaximumBatchingWindowInSeconds = stream.BatchWindowSeconds,
            ParallelizationFactor = stream.Parallelization,
            // Without a number of its own the service retries until the maximum age: an outage delays,
            // it does not lose.
            MaximumRetryAttempts = stream.Retries ?? -1,
            MaximumRecordAgeInSeconds = stream.MaximumRecordAgeSeconds,
            BisectBatchOnFunctionError = true,
            FunctionResponseTypes = ["ReportBatchItemFailures"],
            DestinationConfig = new CfnEventSourceMapping.DestinationConfigProperty
            {
                OnFailure = new CfnEventSourceMapping.OnFailureProperty { Destination = storage.Arn },
            },
        });
        // Newer than this version of the library. Batches that were given up are counted here and nowhere else.
        mapping.AddPropertyOverride("MetricsConfig.Metrics", s_mappingMetrics);
        mapping.Node.AddDependency(Processor.Policy);
        return mapping;
    }
}
