using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recommendation.Benchmarks.Batch;

/// <summary>
/// Stands in for a table in which any number of users were active on one day: it makes their profiles when they are
/// read, and forgets the lists that are written. Each has 50 recent interactions and is 5 KB of JSON.
/// </summary>
internal sealed class ActiveUsersStub
{
    private const string Prefix = "active-";
    private const int Buckets = 16;
    private const int KeysPerPage = 8_000; // about 1 MB

    private static readonly (byte[] Before, byte[] Between, byte[] After) s_profile = Profile();

    private int _users;
    private string _day = "";

    internal void Reset(int users, string day) => (_users, _day) = (users, day);

    /// <summary>The item of a key, if it is of one of the users.</summary>
    internal static byte[]? Find(string key)
    {
        if (
            !key.StartsWith(Prefix, StringComparison.Ordinal)
            || key.IndexOf('\n', StringComparison.Ordinal) is var end && end < 0
        )
            return null;
        var user = Encoding.UTF8.GetBytes(key[..end]);
        return [.. s_profile.Before, .. user, .. s_profile.Between, .. s_profile.After];
    }

    /// <summary>A page of the index.</summary>
    internal byte[] Query(ReadOnlyMemory<byte> request)
    {
        using var json = JsonDocument.Parse(request);
        var bucket = json
            .RootElement.GetProperty("ExpressionAttributeValues")
            .GetProperty(":bucket")
            .GetProperty("S")
            .GetString()!;
        if (
            bucket.IndexOf('#', StringComparison.Ordinal) is var hash
            && (hash < 0 || !string.Equals(bucket[..hash], _day, StringComparison.Ordinal))
        )
            return "{\"Items\":[],\"Count\":0}"u8.ToArray();
        var number = int.Parse(bucket.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var from = json.RootElement.TryGetProperty("ExclusiveStartKey", out var after)
            ? int.Parse(
                after.GetProperty("userId").GetProperty("S").GetString().AsSpan(Prefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture
            ) + Buckets
            : number;
        return Page(bucket, from);
    }

    private byte[] Page(string bucket, int from)
    {
        using var page = new MemoryStream();
        using var writer = new Utf8JsonWriter(page);
        writer.WriteStartObject();
        writer.WriteStartArray("Items");
        var (user, keys) = (from, 0);
        for (; user < _users && keys < KeysPerPage; user += Buckets, keys++)
            WriteKey(writer, name: null, user, bucket);
        writer.WriteEndArray();
        writer.WriteNumber("Count", keys);
        if (user < _users)
            WriteKey(writer, "LastEvaluatedKey", user - Buckets, bucket);
        writer.WriteEndObject();
        writer.Flush();
        return page.ToArray();
    }

    private static void WriteKey(Utf8JsonWriter writer, string? name, int user, string bucket)
    {
        if (name is not null)
            writer.WritePropertyName(name);
        writer.WriteStartObject();
        WriteText(writer, "userId", string.Create(CultureInfo.InvariantCulture, $"{Prefix}{user:D9}"));
        WriteText(writer, "kind", "profile");
        WriteText(writer, "activeBucket", bucket);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString("S", value);
        writer.WriteEndObject();
    }

    /// <summary>An item as the store writes it, but for the user's id.</summary>
    private static (byte[] Before, byte[] Between, byte[] After) Profile()
    {
        const long At = 1_290_000_000_000;
        var recents = string.Join(
            ',',
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$$$$$"""{"M":{"i":{"S":"item-{{{{{{i:D5}}}}}}"},"a":{"N":"{{{{{{At - (i * 1000)}}}}}}"},"k":{"B":"ZXZlbnQtMDA="}}}"""
                    )
                )
        );
        var ids = Convert.ToBase64String(new byte[64 * sizeof(ulong)]);
        return (
            "{\"userId\":{\"S\":\""u8.ToArray(),
            "\"},\"kind\":{\"S\":\"profile\"},\"format\":{\"N\":\"1\"},\"version\":{\"N\":\"7\"},\"interactionCount\":{\"N\":\"50\"},"u8.ToArray(),
            Encoding.UTF8.GetBytes(
                $$$$$$"""
                "lastUpdated":{"S":"2010-11-17T13:20:00.000Z"},"lastInteraction":{"S":"2010-11-17T13:20:00.000Z"},"lastItemId":{"S":"item-00000"},
                "firstInteraction":{"S":"2010-11-17T13:19:11.000Z"},"activeBucket":{"S":"2010-11-17#00"},"counts":{"M":{"view":{"N":"50"}}},
                "recent":{"L":[{{{{{{recents}}}}}}]},"marks":{"M":{"shardId-000000000000":{"M":{"s":{"S":"49590338271490256608559692538361571095921575989000000001"},
                "d":{"S":"2010-11-17"}}}}},"ids":{"B":"{{{{{{ids}}}}}}"}}
                """));
    }
}
