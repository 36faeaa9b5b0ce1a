using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Reads arrays of numbers, little-endian, and the SHA-256 that ends them.</summary>
internal sealed class CheckedReader(Stream stream) : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <summary>Memory grows with what has really arrived, so a false length costs nothing.</summary>
    public async Task<T[]> ReadAsync<T>(long count, CancellationToken cancellationToken)
        where T : unmanaged
    {
        var perChunk = ChunkBytes / Unsafe.SizeOf<T>();
        var values = new T[Math.Min(count, perChunk)];
        for (var at = 0; at < count;)
        {
            if (at == values.Length)
                Array.Resize(ref values, (int)Math.Min(count, Math.Min(2L * values.Length, Array.MaxLength)));
            var wanted = Math.Min(perChunk, values.Length - at);
            var bytes = _chunk.AsMemory(0, wanted * Unsafe.SizeOf<T>());
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            _hash.AppendData(bytes.Span);
            MemoryMarshal.Cast<byte, T>(bytes.Span).CopyTo(values.AsSpan(at));
            at += wanted;
        }
        return values;
    }

    /// <summary>Whether the checksum that follows is that of all that was read, and the one expected.</summary>
    public async Task<bool> EndsAsync(string sha256, CancellationToken cancellationToken) =>
        string.Equals(await EndAsync(cancellationToken), sha256, StringComparison.Ordinal);

    /// <returns>The checksum that follows, if it is that of all that was read; else null.</returns>
    public async Task<string?> EndAsync(CancellationToken cancellationToken)
    {
        var checksum = Convert.ToHexStringLower(_hash.GetHashAndReset());
        var stored = Convert.ToHexStringLower(await ReadAsync<byte>(BinaryHeader.HashLength, cancellationToken));
        return string.Equals(checksum, stored, StringComparison.Ordinal) ? checksum : null;
    }

    public void Dispose() => _hash.Dispose();
}
