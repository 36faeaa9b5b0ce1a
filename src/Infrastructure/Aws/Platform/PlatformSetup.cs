using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;

namespace Recommendation.Aws.Platform;

/// <summary>
/// Creates the table with its index, the bucket and the stream where they are missing: for development and tests. The
/// deployed stack also sets scaling, encryption, access and alarms, which this does not.
/// </summary>
public sealed class PlatformSetup
{
    private readonly IAmazonDynamoDB _dynamo;
    private readonly IAmazonS3 _s3;
    private readonly AmazonKinesisClient _kinesis;
    private readonly AwsOptions _options;
    private readonly TimeProvider _time;

    internal PlatformSetup(
        IAmazonDynamoDB dynamo,
        IAmazonS3 s3,
        AmazonKinesisClient kinesis,
        AwsOptions options,
        TimeProvider time
    ) => (_dynamo, _s3, _kinesis, _options, _time) = (dynamo, s3, kinesis, options, time);

    /// <summary>Creates what is missing and waits until it can be used; leaves alone what is there.</summary>
    /// <param name="shards">How many shards a new stream gets; the reference has 4.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A sentence for each part.</returns>
    /// <exception cref="RefusedException">A table of another layout has the name.</exception>
    /// <exception cref="StoreUnavailableException">A service did not do what was asked.</exception>
    public async Task<IReadOnlyList<string>> CreateAsync(int shards, CancellationToken cancellationToken) =>
    [
        await CreateTableAsync(cancellationToken),
        await CreateBucketAsync(cancellationToken),
        await CreateStreamAsync(shards, cancellationToken),
    ];

    private Task<string> CreateTableAsync(CancellationToken cancellationToken) =>
        GuardAsync(
            $"Table {_options.TableName}",
            async subject =>
            {
                var table = await FindTableAsync(cancellationToken);
                var existed = table is not null;
                if (!existed)
                    await _dynamo.CreateTableAsync(TableDefinition.Create(_options.TableName!), cancellationToken);
                while (
                    table is null
                    || table.TableStatus != TableStatus.ACTIVE
                    || (table.GlobalSecondaryIndexes ?? []).Exists(index => index.IndexStatus != IndexStatus.ACTIVE)
                )
                {
                    table = await FindTableAsync(cancellationToken);
                    await WaitAsync(cancellationToken);
                }
                return TableDefinition.ProblemOf(table) is { } problem
                    ? throw new RefusedException($"{subject} can't be used: {problem}.")
                    : Sentence(subject, existed);
            },
            cancellationToken
        );

    private Task<string> CreateBucketAsync(CancellationToken cancellationToken) =>
        GuardAsync(
            $"Bucket {_options.BucketName}",
            async subject =>
            {
                var existed = await HasBucketAsync(cancellationToken);
                if (!existed)
                    await _s3.PutBucketAsync(
                        new PutBucketRequest { BucketName = _options.BucketName, UseClientRegion = true },
                        cancellationToken
                    );
                return Sentence(subject, existed);
            },
            cancellationToken
        );

    private Task<string> CreateStreamAsync(int shards, CancellationToken cancellationToken) =>
        GuardAsync(
            $"Stream {_options.StreamName}",
            async subject =>
            {
                var stream = await FindStreamAsync(cancellationToken);
                var existed = stream is not null;
                if (!existed)
                    await _kinesis.CreateStreamAsync(
                        new CreateStreamRequest { StreamName = _options.StreamName!, ShardCount = shards },
                        cancellationToken
                    );
                while (stream is null || stream.StreamStatus is not ("ACTIVE" or "UPDATING"))
                {
                    await WaitAsync(cancellationToken);
                    stream = await FindStreamAsync(cancellationToken);
                }
                return Sentence(subject, existed);
            },
            cancellationToken
        );

    private async Task<TableDescription?> FindTableAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _dynamo.DescribeTableAsync(_options.TableName, cancellationToken)).Table;
        }
        catch (Amazon.DynamoDBv2.Model.ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task<bool> HasBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _s3.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = _options.BucketName, MaxKeys = 1 },
                cancellationToken
            );
            return true;
        }
        catch (AmazonS3Exception problem) when (problem is { ErrorCode: "NoSuchBucket" })
        {
            return false;
        }
    }

    private async Task<StreamDescriptionSummary?> FindStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeStreamSummaryRequest { StreamName = _options.StreamName! };
            return (await _kinesis.DescribeStreamSummaryAsync(request, cancellationToken)).StreamDescriptionSummary;
        }
        catch (AmazonServiceException problem) when (problem is { ErrorCode: "ResourceNotFoundException" })
        {
            return null;
        }
    }

    private Task WaitAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(200), _time, cancellationToken);

    private static string Sentence(string subject, bool existed) =>
        existed ? $"{subject} was there." : $"{subject} was created.";

    private static async Task<string> GuardAsync(
        string subject,
        Func<string, Task<string>> create,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await create(subject);
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(subject);
        }
    }
}
