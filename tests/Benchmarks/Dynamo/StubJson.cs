using System.Text.Json;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>The few requests that the stub understands, without making objects of them.</summary>
internal static class StubJson
{
    /// <summary>A put's item as it came, and its key.</summary>
    internal static (string Key, byte[] Item) ItemOf(ReadOnlySpan<byte> request)
    {
        var reader = new Utf8JsonReader(request);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItem = reader.ValueTextEquals("Item"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isItem)
                continue;
            var item = request[start..(int)reader.BytesConsumed].ToArray();
            return (KeyOf(item), item);
        }
        throw new InvalidOperationException("The put has no item.");
    }

    internal static string KeyOf(JsonElement key) => $"{TextOf(key, "userId")}\n{TextOf(key, "kind")}";

    internal static List<string> KeysOf(JsonElement request) =>
        [
            .. request
                .GetProperty("RequestItems")
                .EnumerateObject()
                .Single()
                .Value.GetProperty("Keys")
                .EnumerateArray()
                .Select(KeyOf),
        ];

    internal static byte[] Single(byte[]? item) =>
        item is null ? "{}"u8.ToArray() : [.. "{\"Item\":"u8, .. item, .. "}"u8];

    internal static byte[] Batch(JsonElement request, List<byte[]?> found)
    {
        using var answer = new MemoryStream(256 + found.Sum(item => item is null ? 0 : item.Length + 1));
        answer.Write("{\"UnprocessedKeys\":{},\"Responses\":{"u8);
        answer.Write(
            JsonSerializer.SerializeToUtf8Bytes(request.GetProperty("RequestItems").EnumerateObject().Single().Name)
        );
        answer.Write(":["u8);
        var isFirst = true;
        foreach (var item in found.OfType<byte[]>())
        {
            if (!isFirst)
                answer.Write(","u8);
            answer.Write(item);
            isFirst = false;
        }
        answer.Write("]}}"u8);
        return answer.ToArray();
    }

    private static string KeyOf(byte[] item)
    {
        var (user, kind) = ("", "");
        var reader = new Utf8JsonReader(item);
        reader.Read();
        while (
            reader.Read() && reader.TokenType == JsonTokenType.PropertyName && (user.Length == 0 || kind.Length == 0)
        )
        {
            var (isUser, isKind) = (reader.ValueTextEquals("userId"u8), reader.ValueTextEquals("kind"u8));
            reader.Read();
            if (!isUser && !isKind)
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            reader.Read();
            (user, kind) = (isUser ? reader.GetString()! : user, isKind ? reader.GetString()! : kind);
            reader.Read();
        }
        return $"{user}\n{kind}";
    }

    private static string? TextOf(JsonElement key, string name) => key.GetProperty(name).GetProperty("S").GetString();
}
