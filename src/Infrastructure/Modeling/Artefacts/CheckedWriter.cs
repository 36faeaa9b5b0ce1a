using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Writes arrays of numbers, little-endian, and ends them with a SHA-256.</summary>
internal sealed class CheckedWriter(Stream stream) : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <returns>The checksum of all that was written, which now follows it.</returns>
    public async Task<byte[]> EndAsync(CancellationToken cancellationToken)
    {
        var checksum = _hash.GetHashAndReset();
        await stream.WriteAsync(checksum, cancellationToken);
        return checksum;
    }

    public async Task WriteAsync<T>(ReadOnlyMemory<T> values, CancellationToken cancellationToken)
        where T : unmanaged
    {
        for (var at = 0; at < values.Length;)
        {
            var count = Copy(values.Span[at..]);
            _hash.AppendData(_chunk, 0, count * Unsafe.SizeOf<T>());
            await stream.WriteAsync(_chunk.AsMemory(0, count * Unsafe.SizeOf<T>()), cancellationToken);
            at += count;
        }
    }

    public void Dispose() => _hash.Dispose();

    private int Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var count = Math.Min(values.Length, ChunkBytes / Unsafe.SizeOf<T>());
        MemoryMarshal.AsBytes(values[..count]).CopyTo(_chunk);
        return count;
    }
}
