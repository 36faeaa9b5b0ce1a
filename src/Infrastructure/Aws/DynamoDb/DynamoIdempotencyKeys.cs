using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// Keys as items that the table's time to live removes. An answer that is too large for an item is not kept: the key
/// then stays claimed until it is free.
/// </summary>
internal sealed class DynamoIdempotencyKeys(DynamoTable table) : IIdempotencyKeys
{
    private const string Fingerprint = "fingerprint";
    private const string FreeAt = "freeAt";
    private const string Status = "status";
    private const string MediaType = "mediaType";
    private const string Location = "location";
    private const string Body = "body";

    public async Task<IdempotencyClaim> ClaimAsync(
        IdempotentRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var put = new PutItemRequest
        {
            TableName = table.Name,
            Item = ItemOf(request, request.ClaimedUntil),
            ConditionExpression = "attribute_not_exists(userId) OR freeAt <= :now",
            ExpressionAttributeValues = new Item(StringComparer.Ordinal)
            {
                [":now"] = Attributes.Number(now.ToUnixTimeMilliseconds()),
            },
        };
        try
        {
            await table.GuardAsync(() => table.Client.PutItemAsync(put, cancellationToken), cancellationToken);
            return new IdempotencyClaim(ClaimState.Granted);
        }
        catch (StoreUnavailableException refused) when (refused.InnerException is ConditionalCheckFailedException)
        {
            return await table.FindAsync(ProfileTable.RequestKey(request.Key), cancellationToken) is { } held
                ? IdempotencyClaim.Of(request, held.Text(Fingerprint), AnswerOf(held))
                : new IdempotencyClaim(ClaimState.Busy);
        }
    }

    public Task SettleAsync(IdempotentRequest request, RememberedAnswer answer, CancellationToken cancellationToken)
    {
        var item = ItemOf(request, request.ExpiresAt);
        item[Status] = Attributes.Number(answer.Status);
        item[Body] = Attributes.Bytes(answer.Body.ToArray());
        if (answer.MediaType is { } type)
            item[MediaType] = new AttributeValue(type);
        if (answer.Location is { } location)
            item[Location] = new AttributeValue(location);
        return table.GuardAsync(
            () =>
                table.Client.PutItemAsync(
                    new PutItemRequest { TableName = table.Name, Item = item },
                    cancellationToken
                ),
            cancellationToken
        );
    }

    public Task GiveUpAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        var delete = new DeleteItemRequest { TableName = table.Name, Key = ProfileTable.RequestKey(request.Key) };
        return table.GuardAsync(() => table.Client.DeleteItemAsync(delete, cancellationToken), cancellationToken);
    }

    private static Item ItemOf(IdempotentRequest request, DateTimeOffset freeAt)
    {
        var item = ProfileTable.RequestKey(request.Key);
        item[ProfileTable.Format] = Attributes.Number(ItemFormat.Current);
        item[Fingerprint] = new AttributeValue(request.Fingerprint);
        item[FreeAt] = Attributes.Number(freeAt.ToUnixTimeMilliseconds());
        item[ProfileTable.ExpiresAt] = Attributes.Number(request.ExpiresAt.ToUnixTimeSeconds());
        return item;
    }

    private static RememberedAnswer? AnswerOf(Item item)
    {
        ItemFormat.Require(item);
        return item.NumberOrNull(Status) is { } status
            ? new RememberedAnswer(
                (int)status,
                item.TextOrNull(MediaType),
                item.TextOrNull(Location),
                item.BytesOf(Body).ToArray()
            )
            : null;
    }
}
