using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>A record that its producer packed with gzip, unpacked into a buffer of the pool.</summary>
internal ref struct PackedRecord
{
    private const int FirstBuffer = 16 * 1024;

    private byte[] _buffer;
    private int _length;

    private PackedRecord(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>What was unpacked; valid until this is disposed.</summary>
    internal readonly ReadOnlyMemory<byte> Data => _buffer.AsMemory(0, _length);

    /// <summary>Why there is no <see cref="Data"/>; null if there is.</summary>
    internal Rejection? Problem { get; private set; }

    internal static bool IsOne(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <param name="packed">The record.</param>
    /// <param name="budget">Pays for each byte that is unpacked; unpacking stops where it is used up.</param>
    internal static PackedRecord Unpack(ReadOnlyMemory<byte> packed, RecordBudget budget)
    {
        var record = new PackedRecord(FirstBuffer);
        try
        {
            using var input = MemoryMarshal.TryGetArray(packed, out var array)
                ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
                : new MemoryStream(packed.ToArray(), writable: false);
            using var gzip = new GZipStream(input, CompressionMode.Decompress);
            record.ReadAll(gzip, budget);
        }
        catch (InvalidDataException problem)
        {
            record.Problem = new Rejection(
                RejectionCode.Malformed,
                $"The record begins like gzip but is not valid gzip: {problem.Message}"
            );
        }
        return record;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private void ReadAll(GZipStream gzip, RecordBudget budget)
    {
        // One byte beyond the budget is read aside, so that no buffer has to be larger than the budget.
        Span<byte> beyond = stackalloc byte[1];
        for (int read; (read = gzip.Read(_length < RecordBudget.MaximumUnpackedBytes ? Free : beyond)) > 0;)
        {
            if (!budget.TakeUnpacked(read))
            {
                Problem = budget.Exceeded;
                return;
            }
            _length += read;
            if (_length == _buffer.Length)
                Grow();
        }
    }

    private readonly Span<byte> Free =>
        _buffer.AsSpan(_length, Math.Min(_buffer.Length, RecordBudget.MaximumUnpackedBytes) - _length);

    private void Grow()
    {
        if (_buffer.Length >= RecordBudget.MaximumUnpackedBytes)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan().CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
