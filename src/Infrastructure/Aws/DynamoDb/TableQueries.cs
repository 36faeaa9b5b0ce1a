using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Reads of many items of the table, page by page.</summary>
internal static class TableQueries
{
    /// <summary>Every entry of the sparse index: its keys alone.</summary>
    internal static async IAsyncEnumerable<Item> ScanIndexAsync(
        this DynamoTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ScanRequest { TableName = table.Name, IndexName = ProfileTable.ActiveUsers };
        do
        {
            var page = await table.GuardAsync(
                table.IndexReads,
                () => table.Client.ScanAsync(request, cancellationToken),
                cancellationToken
            );
            foreach (var item in page.Items ?? [])
                yield return item;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>
    /// The partition keys that the sparse index lists under a bucket, in their order. Eventually
    /// consistent, as indexes are.
    /// </summary>
    internal static async IAsyncEnumerable<string> IndexedAsync(
        this DynamoTable table,
        string bucket,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new QueryRequest
        {
            TableName = table.Name,
            IndexName = ProfileTable.ActiveUsers,
            KeyConditionExpression = "activeBucket = :bucket",
            ExpressionAttributeValues = new Item(StringComparer.Ordinal) { [":bucket"] = new AttributeValue(bucket) },
        };
        await foreach (var item in table.QueryAsync(table.IndexReads, request, cancellationToken))
            yield return item.Text(ProfileTable.UserId);
    }

    /// <summary>The sort keys of a user's items that begin with a prefix. Strongly consistent.</summary>
    internal static async IAsyncEnumerable<string> KindsAsync(
        this DynamoTable table,
        UserId user,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new QueryRequest
        {
            TableName = table.Name,
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
        await foreach (var item in table.QueryAsync(table.Reads, request, cancellationToken))
            yield return item.Text(ProfileTable.Kind);
    }

    private static async IAsyncEnumerable<Item> QueryAsync(
        this DynamoTable table,
        Throttling.Pace pace,
        QueryRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        do
        {
            var page = await table.GuardAsync(
                pace,
                () => table.Client.QueryAsync(request, cancellationToken),
                cancellationToken
            );
            foreach (var item in page.Items ?? [])
                yield return item;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }
}
