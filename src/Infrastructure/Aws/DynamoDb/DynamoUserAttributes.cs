using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using AttributeValue = Recommendation.Domain.Items.AttributeValue;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Attributes of users in DynamoDB, beside the profiles: an event does not rewrite them.</summary>
internal sealed class DynamoUserAttributes(DynamoTable table) : IUserAttributes, IErasable
{
    private const string Body = "body";
    private const string Version = "version";

    public string Place => PersonalDataPlaces.Attributes;

    public async Task<IReadOnlyDictionary<string, AttributeValue>> FindAsync(
        UserId user, CancellationToken cancellationToken) => (await ReadAsync(user, cancellationToken)).Attributes;

    public async Task<IReadOnlyDictionary<string, AttributeValue>> ChangeAsync(
        UserId user,
        Func<IReadOnlyDictionary<string, AttributeValue>, IReadOnlyDictionary<string, AttributeValue>> change,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var (known, version) = await ReadAsync(user, cancellationToken);
            var changed = change(known);
            var outcome = (await table.PutEachAsync(
                1, 1, (_, writer) => WritePut(writer, user, changed, version), cancellationToken))[0];
            if (outcome.Status == SaveStatus.Saved)
                return changed;
            // Whoever was first has stored something, so that this ends.
            if (outcome.Status != SaveStatus.Conflict)
                throw new StoreUnavailableException(outcome.Reason ?? "The attributes could not be saved.");
        }
    }

    /// <summary>What is written after the first pass of an erasure is of a user who is back.</summary>
    public async Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        if (work.IsSweep || (await ReadAsync(work.User, cancellationToken)).Version is null)
            return new ErasedPart(0);
        var request = new DeleteItemRequest
        {
            TableName = table.Name,
            Key = ProfileTable.Key(work.User, ProfileTable.UserAttributes),
        };
        await table.GuardAsync(() => table.Client.DeleteItemAsync(request, cancellationToken), cancellationToken);
        return new ErasedPart(1);
    }

    private async Task<(IReadOnlyDictionary<string, AttributeValue> Attributes, string? Version)> ReadAsync(
        UserId user, CancellationToken cancellationToken)
    {
        var item = await table.FindAsync(ProfileTable.Key(user, ProfileTable.UserAttributes), cancellationToken);
        if (item is null)
            return (AttributeCodec.Decode([]), null);
        ItemFormat.Require(item);
        return (AttributeCodec.Decode(item.BytesOf(Body).ToArray()), item.Text(Version));
    }

    private void WritePut(
        Utf8JsonWriter writer, UserId user, IReadOnlyDictionary<string, AttributeValue> attributes, string? version)
    {
        writer.WriteString("TableName", table.Name);
        writer.WriteString(
            "ConditionExpression", version is null ? "attribute_not_exists(userId)" : "version = :loaded");
        if (version is not null)
        {
            writer.WriteStartObject("ExpressionAttributeValues");
            writer.Text(":loaded", version);
            writer.WriteEndObject();
        }
        writer.WriteStartObject("Item");
        writer.Text(ProfileTable.UserId, user.Value);
        writer.Text(ProfileTable.Kind, ProfileTable.UserAttributes);
        writer.Number(ProfileTable.Format, ItemFormat.Current);
        writer.Text(Version, Guid.NewGuid().ToString("N"));
        // An item without them stays where the last attribute was removed: deleting is a right of erasures alone.
        if (attributes.Count > 0)
            writer.Bytes(Body, AttributeCodec.Encode(attributes));
        writer.WriteEndObject();
    }
}
