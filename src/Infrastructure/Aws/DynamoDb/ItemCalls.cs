using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb.Direct;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The primary key of an item.</summary>
internal readonly record struct ItemKey(string Partition, string Kind);

/// <summary>
/// The calls that read many items. Their JSON is read into what is asked for: objects for every attribute cost more
/// than all the rest (decision 0009).
/// </summary>
internal sealed class ItemCalls(DynamoTable table)
{
    private const int KeysPerRead = 100;
    private const int CallsInFlight = 8;

    /// <summary>Strongly consistent; null where there is no such item.</summary>
    internal Task<T?> FindAsync<T>(ItemKey key, ReadItem<T> read, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(DirectOperation.GetItem, writer =>
        {
            writer.WriteString("TableName", table.Name);
            writer.WriteBoolean("ConsistentRead", true);
            writer.WriteStartObject("Key");
            WriteKey(writer, key);
            writer.WriteEndObject();
        }, answer => ItemsAnswer.Single(answer, read), cancellationToken);

    /// <summary>Strongly consistent, in parallel calls; keys without an item are absent.</summary>
    internal async Task<IReadOnlyList<T>> FindManyAsync<T>(
        IReadOnlyList<ItemKey> keys,
        ReadItem<T> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (keys.Count == 1)
            return await FindAsync(keys[0], read, cancellationToken) is { } only ? [only] : [];
        var chunks = keys.Chunk(KeysPerRead).ToArray();
        if (chunks.Length == 1)
            return await ReadAsync(chunks[0], read, cancellationToken);
        var found = new List<T>[chunks.Length];
        await Parallel.ForAsync(0, chunks.Length, DynamoTable.InFlight(CallsInFlight, cancellationToken),
            async (i, cancellation) => found[i] = await ReadAsync(chunks[i], read, cancellation));
        return [.. found.SelectMany(items => items)];
    }

    /// <summary>A page of all items of a kind. A Scan: it reads, and pays for, the whole table.</summary>
    /// <param name="kind">Which items.</param>
    /// <param name="after">Where the page before ended, as the table said it; empty for the first.</param>
    /// <param name="read">Makes something of an item.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal Task<(List<T> Items, ReadOnlyMemory<byte> LastKey)> ScanAsync<T>(
        string kind, ReadOnlyMemory<byte> after, ReadItem<T> read, CancellationToken cancellationToken) =>
        SendAsync(DirectOperation.Scan, writer =>
        {
            writer.WriteString("TableName", table.Name);
            writer.WriteString("FilterExpression", "#kind = :kind");
            writer.WriteStartObject("ExpressionAttributeNames");
            writer.WriteString("#kind", ProfileTable.Kind);
            writer.WriteEndObject();
            writer.WriteStartObject("ExpressionAttributeValues");
            writer.Text(":kind", kind);
            writer.WriteEndObject();
            if (after.IsEmpty)
                return;
            writer.WritePropertyName("ExclusiveStartKey");
            writer.WriteRawValue(after.Span, skipInputValidation: true);
        }, answer => ItemsAnswer.Page(answer, read), cancellationToken);

    /// <summary>Sends a request that is written here, and reads its answer.</summary>
    /// <exception cref="StoreUnavailableException">The table did not do what was asked.</exception>
    private async Task<T> SendAsync<T>(
        DirectOperation operation,
        Action<Utf8JsonWriter> write,
        Func<ReadOnlyMemory<byte>, T> read,
        CancellationToken cancellationToken
    ) =>
        read(
            await table.GuardAsync(
                table.Reads,
                () => table.SendAsync(operation, write, cancellationToken),
                cancellationToken
            )
        );

    /// <summary>What the table leaves unread is asked for again.</summary>
    private async Task<List<T>> ReadAsync<T>(ItemKey[] keys, ReadItem<T> read, CancellationToken cancellationToken)
    {
        var found = new List<T>(keys.Length);
        var left = await ReadAsync(keys.Length, writer => WriteKeys(writer, keys), read, found, cancellationToken);
        for (var limit = table.NewLimit(); left.Count > 0;)
        {
            if (limit.IsOver)
                throw new StoreUnavailableException(
                    $"{table.Subject} left {left.Count} of {keys.Length} keys unread until the time limit; it is "
                        + "short of read capacity."
                );
            var unread = left;
            left = await ReadAsync(unread.Count, writer =>
            {
                writer.WritePropertyName("RequestItems");
                writer.WriteRawValue(unread.RequestItems.Span, skipInputValidation: true);
            }, read, found, cancellationToken);
            if (left.Count < unread.Count)
                limit.Restart();
        }
        return found;
    }

    private async Task<UnreadKeys> ReadAsync<T>(
        int count, Action<Utf8JsonWriter> write, ReadItem<T> read, List<T> found, CancellationToken cancellationToken)
    {
        try
        {
            return await table.PaceAsync(
                table.Reads,
                count,
                async () =>
                    ItemsAnswer.Batch(
                        await table.SendAsync(DirectOperation.BatchGetItem, write, cancellationToken),
                        table.Name,
                        read,
                        found
                    ),
                unread => unread.Count,
                cancellationToken
            );
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(table.Subject);
        }
    }

    private void WriteKeys(Utf8JsonWriter writer, ItemKey[] keys)
    {
        writer.WriteStartObject("RequestItems");
        writer.WriteStartObject(table.Name);
        writer.WriteBoolean("ConsistentRead", true);
        writer.WriteStartArray("Keys");
        foreach (var key in keys)
        {
            writer.WriteStartObject();
            WriteKey(writer, key);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter writer, ItemKey key)
    {
        writer.Text(ProfileTable.UserId, key.Partition);
        writer.Text(ProfileTable.Kind, key.Kind);
    }
}
