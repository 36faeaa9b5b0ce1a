using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Writes <c>model.bin</c>; see <see cref="BinaryHeader"/> for the layout.</summary>
internal sealed class ModelBinaryWriter(Stream stream) : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <returns>The SHA-256 that ends the file: the checksum of everything before it.</returns>
    public async Task<byte[]> WriteAsync(ModelContent content, CancellationToken cancellationToken)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Models are written and read on little-endian machines only.");
        var ids = Array.ConvertAll(content.ItemIds, Encoding.UTF8.GetBytes);
        var weights = content.Weights;
        var header = new byte[BinaryHeader.Length];
        new BinaryHeader(ids.Length, weights.Columns.Length, ids.Sum(id => (long)id.Length), weights.Scale).WriteTo(
            header
        );

        await WriteAsync<byte>(header, cancellationToken);
        await WriteAsync<ushort>(Array.ConvertAll(ids, id => (ushort)id.Length), cancellationToken);
        await WriteAsync<byte>(Join(ids), cancellationToken);
        await WriteAsync<int>(weights.Offsets, cancellationToken);
        await WriteAsync<int>(weights.Columns, cancellationToken);
        await WriteAsync<Half>(weights.Values, cancellationToken);
        await WriteAsync<float>(content.Popularity, cancellationToken);
        var checksum = _hash.GetHashAndReset();
        await stream.WriteAsync(checksum, cancellationToken);
        return checksum;
    }

    public void Dispose() => _hash.Dispose();

    private static byte[] Join(byte[][] ids)
    {
        var joined = new byte[ids.Sum(id => id.Length)];
        var at = 0;
        foreach (var id in ids)
        {
            id.CopyTo(joined, at);
            at += id.Length;
        }
        return joined;
    }

    private async Task WriteAsync<T>(ReadOnlyMemory<T> values, CancellationToken cancellationToken)
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

    private int Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var count = Math.Min(values.Length, ChunkBytes / Unsafe.SizeOf<T>());
        MemoryMarshal.AsBytes(values[..count]).CopyTo(_chunk);
        return count;
    }
}
