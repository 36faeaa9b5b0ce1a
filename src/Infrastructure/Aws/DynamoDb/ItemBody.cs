using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Recommendation.Aws.DynamoDb;

/// <summary>A request's body while it is written and sent; its buffer serves the next one.</summary>
internal sealed class ItemBody
{
    private const int LargestKept = 256 * 1024;
    private const int MostKept = 256;

    private static readonly ConcurrentQueue<ItemBody> s_free = [];

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    private ItemBody() => Writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        // Valid JSON all the same: only what HTML would mind stays as it is, and so is shorter.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    internal Utf8JsonWriter Writer { get; }

    internal static ItemBody Rent() => s_free.TryDequeue(out var free) ? free : new ItemBody();

    /// <summary>What was written.</summary>
    internal ReadOnlyMemory<byte> Finish()
    {
        Writer.Flush();
        return _buffer.WrittenMemory;
    }

    /// <summary>For use by another request. Not after a failed one: somebody may still be sending it.</summary>
    internal void Return()
    {
        if (_buffer.Capacity > LargestKept || s_free.Count >= MostKept)
            return;
        _buffer.ResetWrittenCount();
        Writer.Reset();
        s_free.Enqueue(this);
    }
}
