using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Domain.Interactions;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The table's calls with their limits: batches cut to size, what was left undone sent again, pages followed.</summary>
internal sealed class DynamoTable(DirectDynamoClient client, AwsOptions options, Backoff backoff)
{
    private const int PutsPerWrite = 25;
    private const int CallsInFlight = 8;

    internal DirectDynamoClient Client => client;

    internal string Name => options.TableName!;

    /// <summary>How the table is named in sentences.</summary>
    internal string Subject => $"Table {Name}";

    /// <summary>Strongly consistent; null where there is no such item.</summary>
    internal async Task<Item?> FindAsync(Item key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = Name, Key = key, ConsistentRead = true };
        var response = await GuardAsync(() => client.GetItemAsync(request, cancellationToken), cancellationToken);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Sends a request that is written here.</summary>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The table refused or failed; nothing is said of it yet.</exception>
    internal async Task<ReadOnlyMemory<byte>> SendAsync(DirectOperation operation, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var body = ItemBody.Rent();
        body.Writer.WriteStartObject();
        write(body.Writer);
        body.Writer.WriteEndObject();
        var answer = await client.SendAsync(operation, Name, body.Finish(), backoff, cancellationToken);
        body.Return();
        return answer;
    }

    /// <summary>Puts without a condition.</summary>
    /// <returns>Per item, null where it is stored, else why not.</returns>
    internal async Task<IReadOnlyList<SaveOutcome>> PutManyAsync(IReadOnlyList<WritableItem> items, CancellationToken cancellationToken)
    {
        var outcomes = new SaveOutcome[items.Count];
        var chunks = Enumerable.Range(0, items.Count).Chunk(PutsPerWrite).ToArray();
        await Parallel.ForAsync(0, chunks.Length, InFlight(CallsInFlight, cancellationToken), async (i, cancellation) =>
        {
            var written = await new BatchWrite(this, options, backoff).PutAsync([.. chunks[i].Select(index => items[index])], cancellation);
            for (var j = 0; j < chunks[i].Length; j++)
                outcomes[chunks[i][j]] = written[j];
        });
        return outcomes;
    }

    /// <summary>Every entry of the sparse index: its keys alone.</summary>
    internal IAsyncEnumerable<Item> ScanIndexAsync(CancellationToken cancellationToken) =>
        ScanAsync(new ScanRequest { TableName = Name, IndexName = ProfileTable.ActiveUsers }, cancellationToken);

    private async IAsyncEnumerable<Item> ScanAsync(ScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await GuardAsync(() => client.ScanAsync(request, cancellationToken), cancellationToken);
            foreach (var item in page.Items ?? [])
                yield return item;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>The partition keys that the sparse index lists under a bucket, in their order. Eventually consistent, as indexes are.</summary>
    internal async IAsyncEnumerable<string> IndexedAsync(string bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = Name,
            IndexName = ProfileTable.ActiveUsers,
            KeyConditionExpression = "activeBucket = :bucket",
            ExpressionAttributeValues = new Item(StringComparer.Ordinal) { [":bucket"] = new AttributeValue(bucket) },
        };
        do
        {
            var page = await GuardAsync(() => client.QueryAsync(request, cancellationToken), cancellationToken);
            foreach (var item in page.Items ?? [])
                yield return item.Text(ProfileTable.UserId);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>The sort keys of a user's items that begin so. Strongly consistent.</summary>
    internal async IAsyncEnumerable<string> KindsAsync(
        UserId user, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = Name,
            ConsistentRead = true,
            KeyConditionExpression = "userId = :user AND begins_with(#kind, :prefix)",
            ProjectionExpression = "#kind",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#kind"] = ProfileTable.Kind },
            ExpressionAttributeValues = new Item(StringComparer.Ordinal)
            {
                [":user"] = new AttributeValue(user.Value),
                [":prefix"] = new AttributeValue(prefix),
            },
        };
        do
        {
            var page = await GuardAsync(() => client.QueryAsync(request, cancellationToken), cancellationToken);
            foreach (var item in page.Items ?? [])
                yield return item.Text(ProfileTable.Kind);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Runs a call; a failure of the service becomes a sentence.</summary>
    /// <exception cref="StoreUnavailableException">The table did not do what was asked.</exception>
    internal async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(Subject);
        }
    }

    internal static ParallelOptions InFlight(int limit, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = limit, CancellationToken = cancellationToken };
}
