using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.S3;
using Recommendation.Aws.Archive;
using Recommendation.Aws.DynamoDb;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Aws.Kinesis;
using Recommendation.Aws.Platform;
using Recommendation.Aws.S3;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

/// <summary>
/// A table, a bucket and a stream of a test's own, made on the servers of the run. A test may put something of its own
/// in front of a server.
/// </summary>
internal sealed class AwsFixture : IAsyncDisposable
{
    internal static readonly AWSCredentials Credentials = new BasicAWSCredentials(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    );

    /// <summary>For what a test stands on; what the test is about has its own limits.</summary>
    private static readonly AwsOptions s_patient = new() { RequestTimeout = TimeSpan.FromMinutes(1) };

    private AwsFixture(EmulatorServers servers, Action<AwsOptions>? configure, Uri? dynamoDb, Uri? s3, Uri? kinesis)
    {
        var name = $"test-{Guid.NewGuid():N}";
        Options = new AwsOptions
        {
            TableName = name,
            BucketName = name,
            StreamName = name,
            EndpointName = name,
            RequestRetries = 2,
            ResendAttempts = 3,
            ResendDelay = TimeSpan.FromMilliseconds(1),
        };
        configure?.Invoke(Options);
        Dynamo = new DirectDynamoClient(Credentials, At(AwsClients.DynamoDb(Options), dynamoDb ?? servers.DynamoDb));
        S3 = new AmazonS3Client(Credentials, PathStyle(At(AwsClients.S3(Options), s3 ?? servers.S3)));
        Kinesis = new AmazonKinesisClient(Credentials, At(AwsClients.Kinesis(Options), kinesis ?? servers.Kinesis));
        Backoff = new Backoff(TimeProvider.System, new Random(1), Options.ResendDelay);
        Table = new DynamoTable(Dynamo, Options, Backoff);
        Bucket = new Bucket(S3, Options, Backoff);
        Archive = new InteractionArchive(Bucket);
    }

    internal AwsOptions Options { get; }

    internal DirectDynamoClient Dynamo { get; }

    internal AmazonS3Client S3 { get; }

    internal AmazonKinesisClient Kinesis { get; }

    internal Backoff Backoff { get; }

    internal DynamoTable Table { get; }

    internal Bucket Bucket { get; }

    internal InteractionArchive Archive { get; }

    internal DynamoProfileStore Profiles => new(Table, Options, ProfilePolicy.Default, TimeProvider.System);

    internal KinesisInteractionLog Log => new(new StreamPut(Kinesis, Options, Backoff), Archive);

    /// <summary>Clients alone; nothing is created.</summary>
    internal static async Task<AwsFixture> ConnectAsync(
        Action<AwsOptions>? configure = null, Uri? dynamoDb = null, Uri? s3 = null, Uri? kinesis = null) =>
        new(await EmulatorServers.RunningAsync(), configure, dynamoDb, s3, kinesis);

    internal static async Task<AwsFixture> WithTableAsync(Action<AwsOptions>? configure = null, Uri? dynamoDb = null)
    {
        var fixture = await ConnectAsync(configure, dynamoDb: dynamoDb);
        var servers = await EmulatorServers.RunningAsync();
        using var direct = new AmazonDynamoDBClient(Credentials, At(AwsClients.DynamoDb(s_patient), servers.DynamoDb));
        await direct.CreateTableAsync(TableDefinition.Create(fixture.Options.TableName!));
        await ActiveAsync(direct, fixture.Options.TableName!);
        return fixture;
    }

    internal static async Task<AwsFixture> WithBucketAsync(Action<AwsOptions>? configure = null, Uri? s3 = null)
    {
        var fixture = await ConnectAsync(configure, s3: s3);
        var servers = await EmulatorServers.RunningAsync();
        using var direct = new AmazonS3Client(Credentials, PathStyle(At(AwsClients.S3(s_patient), servers.S3)));
        await direct.PutBucketAsync(fixture.Options.BucketName);
        return fixture;
    }

    internal static async Task<AwsFixture> WithAllAsync(
        int shards = 1,
        Action<AwsOptions>? configure = null,
        Uri? kinesis = null
    )
    {
        var fixture = await ConnectAsync(configure, kinesis: kinesis);
        await fixture.Setup().CreateAsync(shards, CancellationToken.None);
        return fixture;
    }

    internal static async Task ActiveAsync(IAmazonDynamoDB dynamo, string table)
    {
        while ((await dynamo.DescribeTableAsync(table)).Table.TableStatus != TableStatus.ACTIVE)
            await Task.Yield();
    }

    internal PlatformSetup Setup() => new(Dynamo, S3, Kinesis, Options, TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        Dynamo.Dispose();
        S3.Dispose();
        Kinesis.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static TConfig At<TConfig>(TConfig config, Uri url)
        where TConfig : ClientConfig
    {
        config.ServiceURL = url.ToString();
        config.AuthenticationRegion = "us-east-1";
        return config;
    }

    private static AmazonS3Config PathStyle(AmazonS3Config config)
    {
        config.ForcePathStyle = true;
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        return config;
    }
}
