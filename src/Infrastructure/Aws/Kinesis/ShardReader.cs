using System.Runtime.CompilerServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis;

/// <summary>Reads a shard from a position to what is in it now.</summary>
internal sealed class ShardReader(AmazonKinesisClient client, AwsOptions options, Backoff backoff)
{
    // A server that does not say how far it is behind is believed after this many empty answers in a row.
    private const int EmptyAnswersAtTheEnd = 3;

    private string Subject => $"Stream {options.StreamName}";

    internal async Task<IReadOnlyList<Shard>> ShardsAsync(CancellationToken cancellationToken)
    {
        var shards = new List<Shard>();
        string? token = null;
        do
        {
            var request = new ListShardsRequest
            {
                StreamName = token is null ? options.StreamName : null,
                NextToken = token,
            };
            var page = await GuardAsync(() => client.ListShardsAsync(request, cancellationToken), cancellationToken);
            shards.AddRange(page.Shards);
            token = page.NextToken;
        }
        while (token is not null);
        return shards;
    }

    /// <summary>
    /// The records after a sequence number (null: from the oldest that is kept), in batches that are not
    /// empty, to the end.
    /// </summary>
    internal async IAsyncEnumerable<IReadOnlyList<Record>> ReadAsync(
        string shard, SequenceNumber? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var iterator = await IteratorAsync(shard, after, cancellationToken);
        for (var empty = 0; iterator is not null && empty < EmptyAnswersAtTheEnd;)
        {
            var page = await NextAsync(iterator, cancellationToken);
            if (page is null)
            {
                iterator = await IteratorAsync(shard, after, cancellationToken);
                continue;
            }
            iterator = page.NextShardIterator;
            if (page.Records.Count > 0)
            {
                yield return page.Records;
                after = SequenceNumber.Parse(page.Records[^1].SequenceNumber);
                empty = 0;
                continue;
            }
            if (page.MillisBehindLatest == 0)
                yield break;
            empty = page.MillisBehindLatest is null ? empty + 1 : 0;
            // A gap in the shard: the stream gives five answers a second.
            await backoff.WaitAsync(2, cancellationToken);
        }
    }

    /// <summary>When a record arrived.</summary>
    /// <exception cref="LogUnavailableException">The stream does not give the record.</exception>
    internal async Task<DateTimeOffset> ArrivalAsync(Position position, CancellationToken cancellationToken)
    {
        var request = new GetShardIteratorRequest
        {
            StreamName = options.StreamName!,
            ShardId = position.Partition,
            ShardIteratorType = "AT_SEQUENCE_NUMBER",
            StartingSequenceNumber = position.Sequence.Value,
        };
        for (var attempt = 0; attempt <= options.ResendAttempts; attempt++)
        {
            var iterator = (
                await GuardAsync(() => client.GetShardIteratorAsync(request, cancellationToken), cancellationToken)
            ).ShardIterator;
            var page = await GuardAsync(
                () =>
                    client.GetRecordsAsync(
                        new GetRecordsRequest { ShardIterator = iterator, Limit = 1 },
                        cancellationToken
                    ),
                cancellationToken
            );
            if (
                page.Records is [{ ApproximateArrivalTimestamp: { } arrival } record, ..]
                && string.Equals(record.SequenceNumber, position.Sequence.Value, StringComparison.Ordinal)
            )
                return new DateTimeOffset(arrival.ToUniversalTime(), TimeSpan.Zero);
            await backoff.WaitAsync(attempt, cancellationToken);
        }
        throw new LogUnavailableException(
            $"{Subject} took the record {position} and does not give it back; ask again."
        );
    }

    /// <returns>Null where the iterator has expired (after five minutes).</returns>
    private async Task<GetRecordsResponse?> NextAsync(string iterator, CancellationToken cancellationToken)
    {
        try
        {
            return await GuardAsync(
                () => client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken),
                cancellationToken
            );
        }
        catch (LogUnavailableException problem)
            when (problem.InnerException is AmazonServiceException { ErrorCode: "ExpiredIteratorException" })
        {
            return null;
        }
    }

    private async Task<string?> IteratorAsync(string shard, SequenceNumber? after, CancellationToken cancellationToken)
    {
        var request = new GetShardIteratorRequest
        {
            StreamName = options.StreamName!,
            ShardId = shard,
            ShardIteratorType = after is null ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER",
            StartingSequenceNumber = after?.Value,
        };
        return (
            await GuardAsync(() => client.GetShardIteratorAsync(request, cancellationToken), cancellationToken)
        ).ShardIterator;
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw new LogUnavailableException(problem.Describe(Subject), problem);
        }
    }
}
