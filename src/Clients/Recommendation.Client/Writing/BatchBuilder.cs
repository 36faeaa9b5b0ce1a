using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Recommendation.Client.Events;

namespace Recommendation.Client.Writing;

/// <summary>Writes events into a batch. It is used by one thread at a time.</summary>
internal sealed class BatchBuilder : IDisposable
{
    /// <summary>The API takes 2 MiB. An event has a few kilobytes at most.</summary>
    private const int MaximumBytes = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly Utf8JsonWriter _writer;
    private readonly byte[] _id = new byte[64];
    private readonly int _prefixLength;
    private readonly string _keyPrefix;
    private readonly int _size;
    private long _events;
    private long _batches;

    internal BatchBuilder(int size)
    {
        _size = size;
        _writer = new Utf8JsonWriter(_bytes, ClientJson.Writer);
        // 96 random bits name this writer, and a number its events: cheaper than a random id for each event.
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        _keyPrefix = $"{name}-";
        _prefixLength = System.Text.Encoding.ASCII.GetBytes($"{name}-", _id);
    }

    internal int Count { get; private set; }

    internal bool IsFull => Count >= _size || _writer.BytesCommitted + _writer.BytesPending > MaximumBytes;

    internal void Add(RecommendationEvent one, DateTimeOffset time)
    {
        if (Count++ == 0)
            _writer.WriteStartArray();
        Utf8Formatter.TryFormat(++_events, _id.AsSpan(_prefixLength), out var digits);
        EventJson.Write(_writer, one, _id.AsSpan(0, _prefixLength + digits), time);
    }

    /// <summary>The batch; the builder is empty then.</summary>
    internal EventBatch Build()
    {
        _writer.WriteEndArray();
        _writer.Flush();
        var number = ++_batches;
        var batch = new EventBatch(number, $"{_keyPrefix}b{number}", _bytes.WrittenSpan.ToArray(), Count);
        _bytes.ResetWrittenCount();
        _writer.Reset(_bytes);
        Count = 0;
        return batch;
    }

    public void Dispose() => _writer.Dispose();
}
