using System.Buffers;

namespace Recommendation.Modeling.Serving.Json;

/// <summary>Bytes that grow in pooled arrays; given back when disposed.</summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 16 * 1024;

    private readonly int _maximum;
    private byte[] _bytes;
    private int _count;

    /// <param name="capacity">How many bytes it takes without growing.</param>
    /// <param name="maximum">How many bytes it takes at most.</param>
    public PooledBuffer(int capacity = Smallest, int maximum = int.MaxValue)
    {
        _maximum = maximum;
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(Smallest, capacity));
    }

    /// <summary>What was written so far; gone with the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _count);
        _count += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _count) = ([], 0);
    }

    private void Reserve(int sizeHint)
    {
        if (_bytes.Length - _count >= Math.Max(1, sizeHint))
            return;
        if ((long)_count + Math.Max(1, sizeHint) > _maximum)
            throw new RankResponseTooLargeException(_maximum);
        var larger = ArrayPool<byte>.Shared.Rent(checked(_count + Math.Max(_count, Math.Max(Smallest, sizeHint))));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
