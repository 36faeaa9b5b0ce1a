using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Recommendation.Aws.DynamoDb;

/// <summary>The table and its index, for development; deployed ones come from the stack.</summary>
internal static class TableDefinition
{
    private static readonly ProvisionedThroughput s_throughput = new(5, 5);

    /// <summary>
    /// The layout of <see cref="ProfileTable"/>, provisioned as the reference's table is at its start.
    /// </summary>
    internal static CreateTableRequest Create(string name) =>
        new()
        {
            TableName = name,
            AttributeDefinitions =
            [
                new AttributeDefinition(ProfileTable.UserId, ScalarAttributeType.S),
                new AttributeDefinition(ProfileTable.Kind, ScalarAttributeType.S),
                new AttributeDefinition(ProfileTable.ActiveBucket, ScalarAttributeType.S),
            ],
            KeySchema =
            [
                new KeySchemaElement(ProfileTable.UserId, KeyType.HASH),
                new KeySchemaElement(ProfileTable.Kind, KeyType.RANGE),
            ],
            ProvisionedThroughput = s_throughput,
            GlobalSecondaryIndexes =
            [
                new GlobalSecondaryIndex
                {
                    IndexName = ProfileTable.ActiveUsers,
                    KeySchema =
                    [
                        new KeySchemaElement(ProfileTable.ActiveBucket, KeyType.HASH),
                        new KeySchemaElement(ProfileTable.UserId, KeyType.RANGE),
                    ],
                    Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
                    ProvisionedThroughput = s_throughput,
                },
            ],
        };

    /// <summary>What is wrong with a table that exists; null where it can be used.</summary>
    internal static string? ProblemOf(TableDescription table)
    {
        if (!HasKeys(table.KeySchema, ProfileTable.UserId, ProfileTable.Kind))
            return "its keys are not userId and kind; a table of the reference system is brought over with "
                + "`recommend migrate --from … --to …`";
        var index = (table.GlobalSecondaryIndexes ?? []).Find(index =>
            string.Equals(index.IndexName, ProfileTable.ActiveUsers, StringComparison.Ordinal)
        );
        return index is not null && HasKeys(index.KeySchema, ProfileTable.ActiveBucket, ProfileTable.UserId)
            ? null
            : $"it has no index {ProfileTable.ActiveUsers} on {ProfileTable.ActiveBucket} and {ProfileTable.UserId}";
    }

    private static bool HasKeys(List<KeySchemaElement> keys, string partition, string sort) =>
        keys.Count == 2
        && keys.Exists(key =>
            string.Equals(key.AttributeName, partition, StringComparison.Ordinal) && key.KeyType == KeyType.HASH
        )
        && keys.Exists(key =>
            string.Equals(key.AttributeName, sort, StringComparison.Ordinal) && key.KeyType == KeyType.RANGE
        );
}
