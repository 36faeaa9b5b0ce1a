using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb.Direct;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The table's calls with their limits: batches cut to size, what was left undone sent again, pages followed.</summary>
internal sealed class DynamoTable(DirectDynamoClient client, AwsOptions options, Backoff backoff)
{
    private const int KeysPerRead = 100;
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

    /// <summary>Strongly consistent, in parallel calls; keys without an item are absent.</summary>
    internal async Task<IReadOnlyList<Item>> FindManyAsync(IReadOnlyList<Item> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 1)
            return await FindAsync(keys[0], cancellationToken) is { } only ? [only] : [];
        return await InChunksAsync(keys, ReadAsync, cancellationToken);
    }

    /// <summary>Reads keys in as many calls as they take, in parallel.</summary>
    internal static async Task<IReadOnlyList<T>> InChunksAsync<TKey, T>(
        IReadOnlyCollection<TKey> keys, Func<TKey[], CancellationToken, Task<List<T>>> read, CancellationToken cancellationToken)
    {
        var chunks = keys.Chunk(KeysPerRead).ToArray();
        if (chunks.Length == 1)
            return await read(chunks[0], cancellationToken);
        var found = new List<T>[chunks.Length];
        await Parallel.ForAsync(0, chunks.Length, InFlight(CallsInFlight, cancellationToken),
            async (i, cancellation) => found[i] = await read(chunks[i], cancellation));
        return [.. found.SelectMany(items => items)];
    }

    /// <summary>Sends a request that is written here, and reads its answer.</summary>
    /// <exception cref="StoreUnavailableException">The table did not do what was asked.</exception>
    internal async Task<T> SendAsync<T>(
        DirectOperation operation, Action<Utf8JsonWriter> write, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        var body = ItemBody.Rent();
        body.Writer.WriteStartObject();
        write(body.Writer);
        body.Writer.WriteEndObject();
        var answer = await GuardAsync(() => client.SendAsync(operation, Name, body.Finish(), backoff, cancellationToken), cancellationToken);
        body.Return();
        return read(answer);
    }

    /// <summary>Puts without a condition.</summary>
    /// <returns>Per item, null where it is stored, else why not.</returns>
    internal async Task<IReadOnlyList<SaveOutcome>> PutManyAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken)
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

    /// <summary>Every item for which the filter holds. A Scan: it reads, and pays for, the whole table.</summary>
    internal IAsyncEnumerable<Item> ScanAsync(string kind, CancellationToken cancellationToken) => ScanAsync(new ScanRequest
    {
        TableName = Name,
        FilterExpression = "#kind = :kind",
        ExpressionAttributeNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["#kind"] = ProfileTable.Kind },
        ExpressionAttributeValues = new Item(StringComparer.Ordinal) { [":kind"] = new AttributeValue(kind) },
    }, cancellationToken);

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

    private async Task<List<Item>> ReadAsync(Item[] keys, CancellationToken cancellationToken)
    {
        var found = new List<Item>(keys.Length);
        var wanted = new KeysAndAttributes { Keys = [.. keys], ConsistentRead = true };
        for (var attempt = 0; ; attempt++)
        {
            var request = new BatchGetItemRequest { RequestItems = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal) { [Name] = wanted } };
            var response = await GuardAsync(() => client.BatchGetItemAsync(request, cancellationToken), cancellationToken);
            found.AddRange(response.Responses?.GetValueOrDefault(Name) ?? []);
            if (response.UnprocessedKeys?.GetValueOrDefault(Name) is not { Keys.Count: > 0 } left)
                return found;
            if (attempt == options.ResendAttempts)
                throw new StoreUnavailableException($"{Subject} left {left.Keys.Count} of {keys.Length} keys unread {attempt + 1} times; it is short of read capacity.");
            wanted = new KeysAndAttributes { Keys = left.Keys, ConsistentRead = true };
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }
}
