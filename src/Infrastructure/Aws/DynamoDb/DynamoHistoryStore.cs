using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>Histories in DynamoDB, beside the profiles: an event rewrites none of them.</summary>
internal sealed class DynamoHistoryStore(DynamoTable table, AwsOptions options) : IHistoryStore
{
    private readonly ItemCalls _calls = new(table);

    public async Task<IReadOnlyDictionary<UserId, StoredHistory>> LoadAsync(
        IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (names.Count == 0)
            return new Dictionary<UserId, StoredHistory>();
        var found = await _calls.FindManyAsync(
            [.. names.Select(HistoryItem.KeyOf)],
            HistoryItem.Read,
            cancellationToken
        );
        return found.ToDictionary(one => one.Name.UserId, one => one.History);
    }

    public async Task<IReadOnlyList<SaveOutcome>> PutAsync(
        IReadOnlyList<NamedHistory> histories,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await table.PutEachAsync(
            histories.Count,
            options.SavesInFlight,
            (i, writer) => WritePut(writer, histories[i]),
            cancellationToken
        );
    }

    public Task DeleteAsync(IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(names, DynamoTable.InFlight(options.SavesInFlight, cancellationToken),
            async (name, cancellation) => await DeleteAsync(name.UserId, HistoryItem.KindOf(name.Key), cancellation));

    public async Task SweepAsync(UserId user, long version, HistoryKey? except, CancellationToken cancellationToken)
    {
        await foreach (var kind in table.KindsAsync(user, ProfileTable.HistoryPrefix, cancellationToken))
        {
            var key = HistoryKey.Parse(kind[ProfileTable.HistoryPrefix.Length..]);
            if (key.Version < version && key != except)
                await DeleteAsync(user, kind, cancellationToken);
        }
    }

    private void WritePut(Utf8JsonWriter writer, NamedHistory history)
    {
        writer.WriteString("TableName", table.Name);
        writer.WriteString("ConditionExpression", "attribute_not_exists(userId)");
        writer.WriteStartObject("Item");
        HistoryItem.Write(writer, history);
        writer.WriteEndObject();
    }

    private async Task DeleteAsync(UserId user, string kind, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest { TableName = table.Name, Key = ProfileTable.Key(user, kind) };
        await table.GuardAsync(() => table.Client.DeleteItemAsync(request, cancellationToken), cancellationToken);
    }
}
