using System.Text.Json.Nodes;

namespace Recommendation.Emulators.Tables;

/// <summary>
/// A DynamoDB table in memory behind its wire protocol, which is short of capacity as a real one is: it throttles, and
/// leaves parts of batches undone, on a clock that does not wait. It knows the operations and conditions that the
/// adapters use, and nothing else.
/// </summary>
public sealed class TableSimulator : IAsyncDisposable
{
    private const double ReadUnit = 4096;
    private const double WriteUnit = 1024;
    private const int Page = 1000;

    private readonly SortedDictionary<string, JsonObject> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _index = new(StringComparer.Ordinal);
    private FaultProxy _server = null!;

    private TableSimulator(TimeProvider time, double minimum, double maximum)
    {
        Reads = new(new(minimum, maximum, 3000), time);
        Writes = new(new(minimum, maximum, 1000), time);
        IndexReads = new(new(minimum, maximum, 3000), time);
    }

    public Capacity Reads { get; }

    public Capacity Writes { get; }

    public Capacity IndexReads { get; }

    /// <summary>How many calls were throttled, in whole or in part.</summary>
    public int Throttled { get; private set; }

    /// <summary>Whether capacity counts at present; a test sets the stage without it.</summary>
    public bool IsLimited { get; set; }

    public Uri Url => _server.Url;

    public IReadOnlyCollection<JsonObject> Items => _items.Values;

    public static async Task<TableSimulator> StartAsync(TimeProvider time, double minimum, double? maximum = null)
    {
        var table = new TableSimulator(time, minimum, maximum ?? minimum);
        table._server = await FaultProxy.StartAsync(table.Answer);
        return table;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private StubAnswer Answer(StubRequest request)
    {
        var asked = JsonNode.Parse(request.Text)!.AsObject();
        var answer = request.Operation switch
        {
            "GetItem" => Get(asked),
            "BatchGetItem" => GetMany(asked),
            "PutItem" => Put(asked),
            "BatchWriteItem" => PutMany(asked),
            "DeleteItem" => Delete(asked),
            "Query" => Query(asked),
            _ => throw new InvalidOperationException($"{request.Operation} is not simulated."),
        };
        return answer is null
                ? StubAnswer.Error(
                    400,
                    "ProvisionedThroughputExceededException",
                    "The level of configured provisioned throughput for the table was exceeded."
                )
            : answer["error"] is { } error ? StubAnswer.Error(400, error.GetValue<string>())
            : StubAnswer.Of(200, answer.ToJsonString(), "application/x-amz-json-1.0");
    }

    private JsonObject? Get(JsonObject asked)
    {
        var key = KeyOf(asked["Key"]!.AsObject());
        var found = _items.GetValueOrDefault(key);
        return Take(Reads, key, found, ReadUnit)
            ? found is null
                ? []
                : new JsonObject { ["Item"] = found.DeepClone() }
            : null;
    }

    private JsonObject? GetMany(JsonObject asked)
    {
        var (table, of) = asked["RequestItems"]!.AsObject().Single();
        JsonArray found = [], left = [];
        var keys = of!["Keys"]!.AsArray();
        foreach (var wanted in keys)
        {
            var key = KeyOf(wanted!.AsObject());
            if (left.Count > 0 || !Take(Reads, key, _items.GetValueOrDefault(key), ReadUnit))
                left.Add(wanted.DeepClone());
            else if (_items.GetValueOrDefault(key) is { } item)
                found.Add(item.DeepClone());
        }
        if (left.Count == keys.Count)
            return null;
        var answer = new JsonObject
        {
            ["Responses"] = new JsonObject { [table] = found },
            ["UnprocessedKeys"] = new JsonObject(),
        };
        if (left.Count > 0)
            answer["UnprocessedKeys"] = new JsonObject
            {
                [table] = new JsonObject { ["Keys"] = left, ["ConsistentRead"] = true },
            };
        return answer;
    }

    private JsonObject? Put(JsonObject asked)
    {
        var item = asked["Item"]!.AsObject();
        var key = KeyOf(item);
        if (!Take(Writes, key, item, WriteUnit))
            return null;
        var stored = _items.GetValueOrDefault(key);
        var holds = asked["ConditionExpression"]?.GetValue<string>() switch
        {
            null => true,
            "attribute_not_exists(userId)" => stored is null,
            "version = :loaded" => stored is not null
                && string.Equals(
                    stored["version"]!["N"]!.GetValue<string>(),
                    asked["ExpressionAttributeValues"]![":loaded"]!["N"]!.GetValue<string>(),
                    StringComparison.Ordinal
                ),
            { } other => throw new InvalidOperationException($"The condition '{other}' is not simulated."),
        };
        if (!holds)
            return new JsonObject { ["error"] = "ConditionalCheckFailedException" };
        Store(key, item);
        return [];
    }

    private JsonObject? PutMany(JsonObject asked)
    {
        var (table, writes) = asked["RequestItems"]!.AsObject().Single();
        JsonArray left = [];
        foreach (var write in writes!.AsArray())
        {
            var item = write!["PutRequest"]!["Item"]!.AsObject();
            var key = KeyOf(item);
            if (left.Count > 0 || !Take(Writes, key, item, WriteUnit))
                left.Add(write.DeepClone());
            else
                Store(key, item);
        }
        if (left.Count == writes.AsArray().Count)
            return null;
        if (left.Count > 0)
            Throttled++;
        return new JsonObject
        {
            ["UnprocessedItems"] = left.Count == 0 ? new JsonObject() : new JsonObject { [table] = left },
        };
    }

    private JsonObject? Delete(JsonObject asked)
    {
        var key = KeyOf(asked["Key"]!.AsObject());
        if (!Take(Writes, key, _items.GetValueOrDefault(key), WriteUnit))
            return null;
        Store(key, null);
        return [];
    }

    private void Store(string key, JsonObject? item)
    {
        if (BucketOf(_items.GetValueOrDefault(key)) is { } left)
            _index[left].Remove(key);
        if (item is null)
        {
            _items.Remove(key);
            return;
        }
        var stored = _items[key] = (JsonObject)item.DeepClone();
        if (BucketOf(stored) is not { } bucket)
            return;
        if (!_index.TryGetValue(bucket, out var listed))
            _index.Add(bucket, listed = new(StringComparer.Ordinal));
        listed[key] = stored;
    }

    private static string? BucketOf(JsonObject? item) => item?["activeBucket"]?["S"]?.GetValue<string>();

    /// <summary>The sparse index: its keys alone, eventually consistent.</summary>
    private JsonObject? Query(JsonObject asked)
    {
        var bucket = asked["ExpressionAttributeValues"]![":bucket"]?["S"]!.GetValue<string>()
            ?? throw new InvalidOperationException("Only queries of the index are simulated.");
        var after = asked["ExclusiveStartKey"]?["userId"]!["S"]!.GetValue<string>();
        var page = (_index.GetValueOrDefault(bucket)?.Values ?? Enumerable.Empty<JsonObject>())
            .Where(item => after is null || string.CompareOrdinal(UserOf(item), after) > 0).Take(Page).ToList();
        if (IsLimited && !IndexReads.TryTake(bucket, Math.Max(0.5, Math.Ceiling(page.Count * 60 / ReadUnit) / 2)))
            return Refuse();
        var answer = new JsonObject { ["Items"] = new JsonArray([.. page.Select(KeysOf)]) };
        if (page.Count == Page)
            answer["LastEvaluatedKey"] = KeysOf(page[^1]);
        return answer;
    }

    private bool Take(Capacity capacity, string key, JsonObject? item, double unit)
    {
        var units = Math.Max(1, Math.Ceiling((item is null ? 0 : ItemBytes.Of(item)) / unit));
        return !IsLimited
            || capacity.TryTake(key[..key.IndexOf('\0', StringComparison.Ordinal)], units)
            || Refuse() is not null;
    }

    private JsonObject? Refuse()
    {
        Throttled++;
        return null;
    }

    private static JsonNode KeysOf(JsonObject item) => new JsonObject
    {
        ["userId"] = item["userId"]!.DeepClone(),
        ["kind"] = item["kind"]!.DeepClone(),
        ["activeBucket"] = item["activeBucket"]!.DeepClone(),
    };

    private static string UserOf(JsonObject item) => item["userId"]!["S"]!.GetValue<string>();

    private static string KeyOf(JsonObject item) => $"{UserOf(item)}\0{item["kind"]!["S"]!.GetValue<string>()}";
}
