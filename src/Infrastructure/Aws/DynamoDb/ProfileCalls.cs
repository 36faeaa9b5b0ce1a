using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The calls that profiles are read and written with. Their JSON is written from the profile and read into it: a stream of events
/// makes one read and one write per user and batch, and objects for every attribute cost more than all the rest.
/// </summary>
internal sealed class ProfileCalls(DynamoTable table, AwsOptions options, Backoff backoff)
{
    /// <summary>Strongly consistent; null where there is no such profile.</summary>
    internal Task<UserProfile?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        table.SendAsync(DirectOperation.GetItem, writer =>
        {
            writer.WriteString("TableName", table.Name);
            writer.WriteBoolean("ConsistentRead", true);
            writer.WriteStartObject("Key");
            WriteKey(writer, user);
            writer.WriteEndObject();
        }, answer => ItemsAnswer.Single(answer, ProfileItem.Read), cancellationToken);

    /// <summary>Strongly consistent; what the table leaves unread is asked for again. Users without a profile are absent.</summary>
    internal async Task<List<UserProfile>> FindManyAsync(UserId[] users, CancellationToken cancellationToken)
    {
        var found = new List<UserProfile>(users.Length);
        var left = await ReadAsync(writer => WriteKeys(writer, users), found, cancellationToken);
        for (var attempt = 0; left.Count > 0; attempt++)
        {
            if (attempt == options.ResendAttempts)
                throw new StoreUnavailableException($"{table.Subject} left {left.Count} of {users.Length} keys unread {attempt + 1} times; it is short of read capacity.");
            await backoff.WaitAsync(attempt, cancellationToken);
            var keys = left.RequestItems;
            left = await ReadAsync(writer => WriteRequestItems(writer, keys), found, cancellationToken);
        }
        return found;
    }

    /// <summary>A page of a scan of the whole table.</summary>
    /// <param name="after">Where the page before ended, as the table said it; empty for the first.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    internal Task<(List<UserProfile> Profiles, ReadOnlyMemory<byte> LastKey)> ScanAsync(ReadOnlyMemory<byte> after, CancellationToken cancellationToken) =>
        table.SendAsync(DirectOperation.Scan, writer =>
        {
            writer.WriteString("TableName", table.Name);
            writer.WriteString("FilterExpression", "#kind = :kind");
            writer.WriteStartObject("ExpressionAttributeNames");
            writer.WriteString("#kind", ProfileTable.Kind);
            writer.WriteEndObject();
            writer.WriteStartObject("ExpressionAttributeValues");
            writer.Text(":kind", ProfileTable.Profile);
            writer.WriteEndObject();
            if (after.IsEmpty)
                return;
            writer.WritePropertyName("ExclusiveStartKey");
            writer.WriteRawValue(after.Span, skipInputValidation: true);
        }, answer => ItemsAnswer.Page(answer, ProfileItem.Read), cancellationToken);

    /// <summary>Puts a profile in the place of the version that it was loaded with.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The table refused or failed; nothing is said of it yet.</exception>
    internal async Task PutAsync(UserProfile profile, DateTimeOffset now, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        var body = ItemBody.Rent();
        WritePut(body.Writer, profile, now, expiresAt);
        await table.Client.SendAsync(DirectOperation.PutItem, table.Name, body.Finish(), backoff, cancellationToken);
        body.Return();
    }

    private void WritePut(Utf8JsonWriter writer, UserProfile profile, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        writer.WriteStartObject();
        writer.WriteString("TableName", table.Name);
        if (profile.Version == 0)
        {
            writer.WriteString("ConditionExpression", "attribute_not_exists(userId)");
        }
        else
        {
            writer.WriteString("ConditionExpression", "version = :loaded");
            writer.WriteStartObject("ExpressionAttributeValues");
            writer.Number(":loaded", profile.Version);
            writer.WriteEndObject();
        }
        writer.WriteStartObject("Item");
        ProfileItem.Write(writer, profile, now, expiresAt);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private Task<UnreadKeys> ReadAsync(Action<Utf8JsonWriter> write, List<UserProfile> found, CancellationToken cancellationToken) =>
        table.SendAsync(DirectOperation.BatchGetItem, write, answer => ItemsAnswer.Batch(answer, table.Name, ProfileItem.Read, found), cancellationToken);

    private void WriteKeys(Utf8JsonWriter writer, UserId[] users)
    {
        writer.WriteStartObject("RequestItems");
        writer.WriteStartObject(table.Name);
        writer.WriteBoolean("ConsistentRead", true);
        writer.WriteStartArray("Keys");
        foreach (var user in users)
        {
            writer.WriteStartObject();
            WriteKey(writer, user);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRequestItems(Utf8JsonWriter writer, ReadOnlyMemory<byte> requestItems)
    {
        writer.WritePropertyName("RequestItems");
        writer.WriteRawValue(requestItems.Span, skipInputValidation: true);
    }

    private static void WriteKey(Utf8JsonWriter writer, UserId user)
    {
        writer.Text(ProfileTable.UserId, user.Value);
        writer.Text(ProfileTable.Kind, ProfileTable.Profile);
    }
}
