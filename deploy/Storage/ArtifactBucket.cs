using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Constructs;
using Recommendation.Deploy.Settings;

namespace Recommendation.Deploy.Storage;

/// <summary>The bucket of models, runs, results, archive and quarantine.</summary>
internal sealed class ArtifactBucket : Construct
{
    internal const string Models = "models/";
    internal const string Runs = "batch-runs/";
    internal const string RunIndex = "batch-index/";
    internal const string Results = "batch-results/";
    internal const string Training = "training/";
    internal const string Archive = "archive/";
    internal const string ArchiveErrors = "archive-errors/";
    internal const string Popularity = "popularity/";
    internal const string Keys = "keys/";
    internal const string PublicKeys = "public-keys/";
    internal const string Erasures = "erasures/";
    internal const string OpenErasures = "open-erasures/";
    internal const string Quarantine = "quarantine/";
    internal const string QuarantinePositions = "quarantine-positions/";
    internal const string Scenarios = "scenarios/";
    internal const string IdKeys = "id-keys/";
    internal const string ListConfigurations = "list-configurations/";
    internal const string Experiments = "experiments/";
    internal const string Feedback = "feedback/";

    private const string ListsRule = "batch-lists";

    /// <summary>Where a mapping puts batches that it gave up; the service decides the prefix.</summary>
    internal const string GivenUp = "aws/lambda/";

    internal ArtifactBucket(Construct scope, StackSettings settings, Names names, Encryption encryption)
        : base(scope, "Storage")
    {
        var isProtected = settings.IsProtected;
        Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            BucketName = names.Bucket(Stack.Of(this).Account),
            Versioned = true,
            Encryption = encryption.Key is null ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
            EncryptionKey = encryption.Key,
            BucketKeyEnabled = encryption.Key is null ? null : true,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            RemovalPolicy = isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
            AutoDeleteObjects = !isProtected,
            ServerAccessLogsBucket = isProtected ? AccessLogs(settings, names) : null,
            ServerAccessLogsPrefix = isProtected ? "model-artifacts/" : null,
            LifecycleRules = [.. Rules(settings.Bucket)],
        });
        // The library writes a number where CloudFormation has a text.
        var lists = Rules(settings.Bucket)
            .ToList()
            .FindIndex(rule => string.Equals(rule.Id, ListsRule, StringComparison.Ordinal));
        ((CfnBucket)Bucket.Node.DefaultChild!).AddPropertyOverride(
            $"LifecycleConfiguration.Rules.{lists}.ObjectSizeGreaterThan",
            "4096"
        );
        if (!isProtected)
        {
            Findings.Accept(
                Bucket,
                "AwsSolutions-S1",
                "A development bucket holds test data and is gone with the stack; protected ones log accesses."
            );
            ExplainEmptying();
        }
    }

    internal Bucket Bucket { get; }

    internal string Arn => Bucket.BucketArn;

    internal string Objects(string prefix) => Bucket.ArnForObjects(prefix + "*");

    /// <summary>The library's own function that empties the bucket before it is removed.</summary>
    private void ExplainEmptying()
    {
        const string Reason =
            "Made by the CDK to empty a development bucket when the stack is removed; it runs then and never else.";
        var provider = Stack.Of(this).Node.FindChild("Custom::S3AutoDeleteObjectsCustomResourceProvider");
        var (role, handler) = (
            (CfnResource)provider.Node.FindChild("Role"),
            (CfnResource)provider.Node.FindChild("Handler")
        );
        // The library's version of the runtime can't be created any more from 2027 on.
        handler.AddPropertyOverride("Runtime", "nodejs22.x");
        Stack.Of(this).Node.TryRemoveChild("LatestNodeRuntimeMap");
        Findings.Accept(role, "AwsSolutions-IAM4[…AWSLambdaBasicExecutionRole]", Reason);
        Findings.Accept(handler, "AwsSolutions-L1", Reason);
        Findings.Accept(handler, "Serverless-LambdaDLQ", Reason);
        Findings.Accept(handler, "Serverless-LambdaLatestVersion", Reason);
        Findings.Accept(handler, "Serverless-LambdaTracing", Reason);
    }

    private Bucket AccessLogs(StackSettings settings, Names names)
    {
        return new Bucket(this, "AccessLogs", new BucketProps
        {
            BucketName = names.AccessLogs(Stack.Of(this).Account),
            Encryption = BucketEncryption.S3_MANAGED,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            RemovalPolicy = RemovalPolicy.RETAIN,
            LifecycleRules = [Expire("old-logs", null, settings.Bucket.QuarantineDays)],
        });
    }

    private static IEnumerable<ILifecycleRule> Rules(BucketSettings bucket)
    {
        yield return new LifecycleRule
        {
            Id = "old-versions",
            Enabled = true,
            NoncurrentVersionExpiration = Duration.Days(bucket.OldVersionDays),
            ExpiredObjectDeleteMarker = true,
            AbortIncompleteMultipartUploadAfter = Duration.Days(7),
        };
        // The figures are replaced many times a day.
        yield return new LifecycleRule
        {
            Id = "feedback",
            Enabled = true,
            Prefix = Feedback,
            NoncurrentVersionExpiration = Duration.Days(1),
        };
        yield return Expire("batch-runs", Runs, bucket.BatchRunDays);
        // Lists of a night for other programs. What is smaller than a file of lists is a document
        // of results, and stays.
        yield return new LifecycleRule
        {
            Id = ListsRule,
            Enabled = true,
            Prefix = Results,
            ObjectSizeGreaterThan = 4096,
            Expiration = Duration.Days(bucket.BatchRunDays),
        };
        yield return Expire("batch-index", RunIndex, bucket.BatchRunDays);
        yield return Expire("quarantine", Quarantine, bucket.QuarantineDays);
        yield return Expire("quarantine-positions", QuarantinePositions, bucket.QuarantineDays);
        yield return Expire("given-up", GivenUp, bucket.QuarantineDays);
        yield return Expire("training", Training, bucket.BatchRunDays);
        yield return Expire("archive-errors", ArchiveErrors, bucket.QuarantineDays);
    }

    private static LifecycleRule Expire(string id, string? prefix, int days) =>
        new() { Id = id, Enabled = true, Prefix = prefix, Expiration = Duration.Days(days) };
}
