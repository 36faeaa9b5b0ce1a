using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>The reference system's way: one UpdateItem for each event, one after the other.</summary>
internal sealed class ReferenceWriter : IDisposable
{
    private readonly AmazonDynamoDBClient _client = new();

    internal async Task WriteAsync(IEnumerable<Interaction> interactions, CancellationToken cancellationToken)
    {
        foreach (var interaction in interactions)
        {
            await _client.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = "profiles",
                Key = new(StringComparer.Ordinal) { ["userId"] = new AttributeValue(interaction.UserId.Value) },
                UpdateExpression = "SET lastInteraction = :at, lastItemId = :item, lastUpdated = :now ADD "
                    + "interactionCount :one",
                ExpressionAttributeValues = new(StringComparer.Ordinal)
                {
                    [":at"] = new AttributeValue(Timestamps.Format(interaction.OccurredAt)),
                    [":item"] = new AttributeValue(interaction.ItemId.Value),
                    [":now"] = new AttributeValue(Timestamps.Format(interaction.ArrivedAt)),
                    [":one"] = new AttributeValue { N = "1" },
                },
            }, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();
}
