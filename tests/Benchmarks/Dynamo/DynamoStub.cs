using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Recommendation.Benchmarks.Batch;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>
/// Stands in for a table: keeps what is put, gives it back, and answers after a set time. A process of its own, so that
/// its work is not counted as ours; it ends when its input is closed.
/// </summary>
internal sealed class DynamoStub
{
    private readonly ConcurrentDictionary<string, byte[]> _items = new(StringComparer.Ordinal);
    private readonly StubCounts _counts = new();
    private readonly ActiveUsersStub _active = new();
    private TimeSpan _latency;

    internal static Command Create()
    {
        var command = new Command("dynamo-stub", "What the verb dynamo measures against; it starts this itself.")
        {
            Hidden = true,
        };
        command.SetAction((_, cancellationToken) => new DynamoStub().RunAsync(cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var server = new StubServer(Answer);
        Console.WriteLine(server.Start());
        while (await Console.In.ReadLineAsync(cancellationToken) is not null)
        {
            // Nothing is said to it; the end is what counts.
        }
        return 0;
    }

    private StubReply Answer(string path, string target, ReadOnlyMemory<byte> request)
    {
        var operation = target[(target.LastIndexOf('.') + 1)..];
        var answer = operation switch
        {
            "PutItem" => Put(request.Span),
            "UpdateItem" => Update(),
            "DeleteItem" => Delete(request),
            "GetItem" => Get(request, isBatch: false),
            "BatchGetItem" => Get(request, isBatch: true),
            "Query" => _active.Query(request),
            "BatchWriteItem" => "{\"UnprocessedItems\":{}}"u8.ToArray(),
            _ => Command(path),
        };
        return new StubReply(answer, operation.Length > 0 ? _latency : TimeSpan.Zero);
    }

    private byte[] Put(ReadOnlySpan<byte> request)
    {
        var (key, item) = StubJson.ItemOf(request);
        var before = _items.GetValueOrDefault(key);
        _items[key] = item;
        _counts.Put(before, item);
        return "{}"u8.ToArray();
    }

    private byte[] Update()
    {
        _counts.Update();
        return "{}"u8.ToArray();
    }

    private byte[] Delete(ReadOnlyMemory<byte> request)
    {
        using var json = JsonDocument.Parse(request);
        _items.TryRemove(StubJson.KeyOf(json.RootElement.GetProperty("Key")), out _);
        return "{}"u8.ToArray();
    }

    private byte[] Get(ReadOnlyMemory<byte> request, bool isBatch)
    {
        using var json = JsonDocument.Parse(request);
        var keys = isBatch ? StubJson.KeysOf(json.RootElement) : [StubJson.KeyOf(json.RootElement.GetProperty("Key"))];
        var found = keys.Select(key => _items.GetValueOrDefault(key) ?? ActiveUsersStub.Find(key)).ToList();
        _counts.Read(found);
        return isBatch ? StubJson.Batch(json.RootElement, found) : StubJson.Single(found[0]);
    }

    /// <summary><c>/reset?latency=3&amp;account=1</c> or <c>/counts</c>.</summary>
    private byte[] Command(string path)
    {
        if (path.StartsWith("/counts", StringComparison.Ordinal))
            return _counts.ToJson();
        var query = QueryHelpers.ParseQuery(path[path.IndexOf('?', StringComparison.Ordinal)..]);
        _items.Clear();
        if (query.TryGetValue("users", out var users))
            _active.Reset(int.Parse(users!, CultureInfo.InvariantCulture), query["day"]!);
        _counts.Reset(query.TryGetValue("account", out var account) && account == "1");
        _latency = TimeSpan.FromMilliseconds(int.Parse(query["latency"]!, CultureInfo.InvariantCulture));
        return "{}"u8.ToArray();
    }
}
