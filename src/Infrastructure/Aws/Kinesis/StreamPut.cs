using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis;

/// <summary>
/// Puts records, at most 500 and 5 MB in a call. The stream answers for each record: those it did not take are put
/// again alone.
/// </summary>
internal sealed class StreamPut(AmazonKinesisClient client, AwsOptions options, Backoff backoff)
{
    internal const int MaximumRecords = 500;

    // The limit is 5 MB of data and keys; the rest is a margin for how it is counted.
    internal const int MaximumBytes = 4_900_000;

    internal string Subject => $"Stream {options.StreamName}";

    /// <returns>Where each record is, in the order given.</returns>
    /// <exception cref="LogUnavailableException">A record was not taken until the attempts were used up.</exception>
    internal async Task<Position[]> PutAsync(
        IReadOnlyList<PutRecordsRequestEntry> records,
        CancellationToken cancellationToken
    )
    {
        var positions = new Position[records.Count];
        var start = 0;
        while (start < records.Count)
        {
            var end = EndOf(records, start);
            await PutAsync(records, [.. Enumerable.Range(start, end - start)], positions, cancellationToken);
            start = end;
        }
        return positions;
    }

    /// <exception cref="LogUnavailableException">There is no such stream, or it does not answer.</exception>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.ListShardsAsync(
                new ListShardsRequest { StreamName = options.StreamName, MaxResults = 1 },
                cancellationToken
            );
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw new LogUnavailableException(problem.Describe(Subject), problem);
        }
    }

    private async Task PutAsync(
        IReadOnlyList<PutRecordsRequestEntry> records,
        List<int> left,
        Position[] positions,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; ; attempt++)
        {
            var response = await SendAsync([.. left.Select(index => records[index])], cancellationToken);
            var failed = new List<int>();
            string? reason = null;
            for (var i = 0; i < left.Count; i++)
            {
                var result = response.Records[i];
                if (result is { ShardId: { } shard, SequenceNumber: { } sequence })
                {
                    positions[left[i]] = new Position(shard, SequenceNumber.Parse(sequence));
                    continue;
                }
                failed.Add(left[i]);
                reason ??= $"{result.ErrorCode}: {result.ErrorMessage}";
            }
            if (failed.Count == 0)
                return;
            if (attempt == options.ResendAttempts)
                throw new LogUnavailableException(
                    $"{Subject} did not take {failed.Count} of {records.Count} records in {attempt + 1} attempts "
                        + $"({reason}); send them again."
                );
            left = failed;
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private async Task<PutRecordsResponse> SendAsync(
        PutRecordsRequestEntry[] records,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var response = await client.PutRecordsAsync(
                new PutRecordsRequest { StreamName = options.StreamName!, Records = records },
                cancellationToken
            );
            return response.Records.Count == records.Length
                ? response
                : throw new LogUnavailableException(
                    $"{Subject} answered for {response.Records.Count} of {records.Length} records; send them again."
                );
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw new LogUnavailableException(problem.Describe(Subject), problem);
        }
    }

    private static int EndOf(IReadOnlyList<PutRecordsRequestEntry> records, int start)
    {
        var bytes = 0;
        var end = start;
        for (; end < records.Count && end - start < MaximumRecords; end++)
        {
            // A char of the key is at most 3 bytes of UTF-8.
            bytes += records[end].Data.Length + (records[end].PartitionKey.Length * 3);
            if (bytes > MaximumBytes && end > start)
                break;
        }
        return end;
    }
}
