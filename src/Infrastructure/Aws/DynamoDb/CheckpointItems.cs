using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// How far a reader of the stream has applied each shard, for <c>stream</c>; the deployed functions leave that to
/// their mapping. The items are under a partition key that begins with a space, which no user id does.
/// </summary>
internal sealed class CheckpointItems(DynamoTable table)
{
    private const string Sequence = "sequence";
    private const string Index = "index";

    internal async Task PutAsync(Position position, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var item = ProfileTable.Key(ProfileTable.Checkpoints, position.Partition);
        item[ProfileTable.Format] = Attributes.Number(ItemFormat.Current);
        item[Sequence] = new AttributeValue(position.Sequence.Value);
        item[Index] = Attributes.Number(position.Index);
        item[ProfileItem.LastUpdated] = Attributes.Time(now);
        var request = new PutItemRequest { TableName = table.Name, Item = item };
        await table.GuardAsync(() => table.Client.PutItemAsync(request, cancellationToken), cancellationToken);
    }

    internal async Task<Position?> FindAsync(string partition, CancellationToken cancellationToken)
    {
        if (
            await table.FindAsync(ProfileTable.Key(ProfileTable.Checkpoints, partition), cancellationToken)
            is not { } item
        )
            return null;
        ItemFormat.Require(item);
        return new Position(partition, SequenceNumber.Parse(item.Text(Sequence)), (int)item.Number(Index));
    }
}
