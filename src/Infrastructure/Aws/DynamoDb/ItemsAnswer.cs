using System.Text.Json;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// What a BatchGetItem left unread: the request's form of the keys, to be sent as it is, and how many they are.
/// </summary>
internal readonly record struct UnreadKeys(ReadOnlyMemory<byte> RequestItems, int Count);

/// <summary>Reads the items out of answers, without making objects of their attributes.</summary>
internal static class ItemsAnswer
{
    /// <returns>Null where the answer holds no item.</returns>
    internal static T? Single<T>(ReadOnlyMemory<byte> answer, ReadItem<T> read)
        where T : class
    {
        var reader = Open(answer);
        T? item = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Item"u8))
                item = ReadOne(ref reader, read);
            else
                SkipValue(ref reader);
        }
        return item;
    }

    /// <summary>The items of a page, and the key after which the next begins; empty where this is the last.</summary>
    internal static (List<T> Items, ReadOnlyMemory<byte> LastKey) Page<T>(ReadOnlyMemory<byte> answer, ReadItem<T> read)
    {
        var reader = Open(answer);
        var items = new List<T>();
        ReadOnlyMemory<byte> lastKey = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Items"u8))
                ReadAll(ref reader, read, items);
            else if (reader.ValueTextEquals("LastEvaluatedKey"u8))
                lastKey = Slice(answer, ref reader);
            else
                SkipValue(ref reader);
        }
        return (items, lastKey);
    }

    /// <summary>Adds the items of a table to those found.</summary>
    internal static UnreadKeys Batch<T>(ReadOnlyMemory<byte> answer, string table, ReadItem<T> read, List<T> found)
    {
        var reader = Open(answer);
        var unread = default(UnreadKeys);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Responses"u8))
                ReadTable(ref reader, table, read, found);
            else if (reader.ValueTextEquals("UnprocessedKeys"u8))
                unread = Unread(Slice(answer, ref reader), table);
            else
                SkipValue(ref reader);
        }
        return unread;
    }

    /// <summary>The keys of the items that a BatchWriteItem left unwritten.</summary>
    internal static HashSet<ItemKey> UnwrittenKeys(ReadOnlyMemory<byte> answer, string table)
    {
        using var json = JsonDocument.Parse(answer);
        if (
            !json.RootElement.TryGetProperty("UnprocessedItems", out var unprocessed)
            || unprocessed.ValueKind != JsonValueKind.Object
            || !unprocessed.TryGetProperty(table, out var writes)
        )
        {
            return [];
        }
        return [.. writes.EnumerateArray().Select(write => write.GetProperty("PutRequest").GetProperty("Item"))
            .Select(item => new ItemKey(TextOf(item, ProfileTable.UserId), TextOf(item, ProfileTable.Kind)))];
    }

    private static string TextOf(JsonElement item, string name) => item.GetProperty(name).GetProperty("S").GetString()!;

    private static Utf8JsonReader Open(ReadOnlyMemory<byte> answer)
    {
        var reader = new Utf8JsonReader(answer.Span);
        reader.Read();
        return reader;
    }

    private static void ReadTable<T>(ref Utf8JsonReader reader, string table, ReadItem<T> read, List<T> found)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(table))
                ReadAll(ref reader, read, found);
            else
                SkipValue(ref reader);
        }
    }

    private static void ReadAll<T>(ref Utf8JsonReader reader, ReadItem<T> read, List<T> items)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var item = new ItemReader(reader);
            items.Add(read(ref item));
            reader = item.Reader;
        }
    }

    private static T ReadOne<T>(ref Utf8JsonReader reader, ReadItem<T> read)
    {
        reader.Read();
        var item = new ItemReader(reader);
        var result = read(ref item);
        reader = item.Reader;
        return result;
    }

    private static UnreadKeys Unread(ReadOnlyMemory<byte> unprocessed, string table)
    {
        using var json = JsonDocument.Parse(unprocessed);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(table, out var of)
            ? new UnreadKeys(unprocessed, of.GetProperty("Keys").GetArrayLength()) : default;
    }

    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> answer, ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return answer[start..(int)reader.BytesConsumed];
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
