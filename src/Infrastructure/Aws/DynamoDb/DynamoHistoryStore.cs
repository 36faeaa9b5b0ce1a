using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
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
        var first = await FindAsync([.. names.Select(name => HistoryItem.KeyOf(name))], cancellationToken);
        var further = await FindAsync([.. first.SelectMany(piece => piece.Further())], cancellationToken);
        var found = new Dictionary<UserId, StoredHistory>(first.Count);
        foreach (var pieces in first.Concat(further).GroupBy(piece => piece.Name))
        {
            if (HistoryPiece.Join(pieces) is { } history)
                found.Add(pieces.Key.UserId, history);
        }
        return found;
    }

    /// <summary>The first piece of a history is put last: where it is, the others are.</summary>
    public async Task<IReadOnlyList<SaveOutcome>> PutAsync(
        IReadOnlyList<NamedHistory> histories,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pieces = histories.Select(HistoryPiece.Of).ToArray();
        HistoryPiece[] further = [.. pieces.SelectMany(one => one.Skip(1))];
        var failed = (await PutAsync(further, cancellationToken)).Zip(further)
            .Where(one => one.First.Status != SaveStatus.Saved)
            .GroupBy(one => one.Second.Name)
            .ToDictionary(one => one.Key, one => one.First().First);
        HistoryPiece[] first = [.. pieces.Select(one => one[0]).Where(one => !failed.ContainsKey(one.Name))];
        var put = await PutAsync(first, cancellationToken);
        var outcomes = first.Zip(put).ToDictionary(one => one.First.Name, one => one.Second);
        return [.. histories.Select(one => failed.TryGetValue(one.Name, out var how) ? how : outcomes[one.Name])];
    }

    public Task DeleteAsync(IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(names, DynamoTable.InFlight(options.SavesInFlight, cancellationToken),
            async (name, cancellation) => await DeleteAsync(name, cancellation));

    public async Task SweepAsync(UserId user, long version, HistoryKey? except, CancellationToken cancellationToken)
    {
        await foreach (var kind in table.KindsAsync(user, ProfileTable.HistoryPrefix, cancellationToken))
        {
            var key = HistoryItem.HistoryOf(kind);
            if (key.Version < version && key != except)
                await DeleteItemAsync(new(user.Value, kind), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<HistoryPiece>> FindAsync(ItemKey[] keys, CancellationToken cancellationToken) =>
        keys.Length == 0 ? [] : await _calls.FindManyAsync(keys, HistoryItem.Read, cancellationToken);

    private async Task<SaveOutcome[]> PutAsync(HistoryPiece[] pieces, CancellationToken cancellationToken) =>
        pieces.Length == 0 ? [] : await table.PutEachAsync(
            pieces.Length, options.SavesInFlight, (i, writer) => WritePut(writer, pieces[i]), cancellationToken);

    private void WritePut(Utf8JsonWriter writer, HistoryPiece piece)
    {
        writer.WriteString("TableName", table.Name);
        writer.WriteString("ConditionExpression", "attribute_not_exists(userId)");
        writer.WriteStartObject("Item");
        HistoryItem.Write(writer, piece);
        writer.WriteEndObject();
    }

    /// <summary>Deletes the first piece, which says how many there are, and then the others.</summary>
    private async Task DeleteAsync(HistoryName name, CancellationToken cancellationToken)
    {
        var deleted = await DeleteItemAsync(HistoryItem.KeyOf(name), cancellationToken);
        var pieces = deleted?.GetValueOrDefault(HistoryItem.Pieces)?.N is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        for (var piece = 1; piece < pieces; piece++)
            await DeleteItemAsync(HistoryItem.KeyOf(name, piece), cancellationToken);
    }

    /// <returns>The item that was there.</returns>
    private async Task<Dictionary<string, AttributeValue>?> DeleteItemAsync(
        ItemKey key, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table.Name,
            Key = ProfileTable.Key(key.Partition, key.Kind),
            ReturnValues = ReturnValue.ALL_OLD,
        };
        var answer = await table.GuardAsync(
            () => table.Client.DeleteItemAsync(request, cancellationToken), cancellationToken);
        return answer.Attributes;
    }
}
