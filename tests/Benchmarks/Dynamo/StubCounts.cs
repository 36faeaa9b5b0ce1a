using System.Text;
using System.Text.Json;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>
/// Calls, and the capacity that DynamoDB would take for them; the latter only where asked for, since it costs time.
/// </summary>
internal sealed class StubCounts
{
    private readonly Lock _gate = new();
    private bool _accounts;
    private long _calls;
    private long _puts;
    private double _readUnits;
    private double _writeUnits;

    internal void Reset(bool accounts)
    {
        lock (_gate)
            (_accounts, _calls, _puts, _readUnits, _writeUnits) = (accounts, 0, 0, 0, 0);
    }

    /// <summary>
    /// A kilobyte of the larger of the two items is a unit; an index entry that appears or moves is one for each end.
    /// </summary>
    internal void Put(byte[]? before, byte[] after)
    {
        var units = 0.0;
        if (_accounts)
        {
            var (oldBucket, newBucket) = (BucketOf(before), BucketOf(after));
            var moved = !string.Equals(oldBucket, newBucket, StringComparison.Ordinal);
            units =
                Math.Ceiling(Math.Max(SizeOf(before), SizeOf(after)) / 1024.0)
                + (moved ? (oldBucket is null ? 1 : 2) : 0);
        }
        lock (_gate)
            (_calls, _puts, _writeUnits) = (_calls + 1, _puts + 1, _writeUnits + units);
    }

    /// <summary>The reference's item is small where it has no list yet: one unit, the least there is.</summary>
    internal void Update()
    {
        lock (_gate)
            (_calls, _puts, _writeUnits) = (_calls + 1, _puts + 1, _writeUnits + 1);
    }

    /// <summary>
    /// Four kilobytes of each item, read with strong consistency, are a unit; so is an item that is not there.
    /// </summary>
    internal void Read(List<byte[]?> found)
    {
        var units = _accounts ? found.Sum(item => Math.Max(1, Math.Ceiling(SizeOf(item) / 4096.0))) : 0;
        lock (_gate)
            (_calls, _readUnits) = (_calls + 1, _readUnits + units);
    }

    internal byte[] ToJson()
    {
        lock (_gate)
            return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["calls"] = _calls,
                ["puts"] = _puts,
                ["readUnits"] = _readUnits,
                ["writeUnits"] = _writeUnits,
            });
    }

    private static string? BucketOf(byte[]? item)
    {
        if (item is null)
            return null;
        using var json = JsonDocument.Parse(item);
        return json.RootElement.TryGetProperty("activeBucket", out var bucket)
            ? bucket.GetProperty("S").GetString()
            : null;
    }

    private static int SizeOf(byte[]? item)
    {
        if (item is null)
            return 0;
        using var json = JsonDocument.Parse(item);
        return json
            .RootElement.EnumerateObject()
            .Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Name) + SizeOf(attribute.Value));
    }

    /// <summary>
    /// As the documentation counts: texts in UTF-8, half a byte a digit and two, 3 bytes a list or map
    /// and 1 an element.
    /// </summary>
    private static int SizeOf(JsonElement value)
    {
        var typed = value.EnumerateObject().Single();
        return typed.Name switch
        {
            "S" => Encoding.UTF8.GetByteCount(typed.Value.GetString()!),
            "N" => ((typed.Value.GetString()!.Count(char.IsAsciiDigit) + 1) / 2) + 2,
            "B" => typed.Value.GetBytesFromBase64().Length,
            "M" => 3
                + typed
                    .Value.EnumerateObject()
                    .Sum(entry => 1 + Encoding.UTF8.GetByteCount(entry.Name) + SizeOf(entry.Value)),
            "L" => 3 + typed.Value.EnumerateArray().Sum(element => 1 + SizeOf(element)),
            _ => throw new InvalidOperationException($"The stub does not know attributes of type {typed.Name}."),
        };
    }
}
