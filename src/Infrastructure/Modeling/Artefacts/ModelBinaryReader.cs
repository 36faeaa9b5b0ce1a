using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// Reads <c>model.bin</c> without trusting it: every length is checked before memory is allocated, and
/// every number is checked.
/// </summary>
internal sealed class ModelBinaryReader(Stream stream) : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private static readonly UTF8Encoding s_strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <param name="manifest">What the file must be.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The file is not what the manifest says, or no model.</exception>
    public async Task<ItemModel> ReadAsync(ModelManifest manifest, long length, CancellationToken cancellationToken)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Models are written and read on little-endian machines only.");
        var header = BinaryHeader.Read(await ReadAsync<byte>(BinaryHeader.Length, cancellationToken));
        if (header.TotalBytes != length || manifest.Binary.Bytes != length || manifest.Data.Items != header.Items)
            throw new InvalidDataException("The sizes in the manifest, the archive and model.bin differ.");

        var lengths = await ReadAsync<ushort>(header.Items, cancellationToken);
        var ids = Ids(await ReadAsync<byte>(header.IdBytes, cancellationToken), lengths);
        var offsets = await ReadAsync<int>(header.Items + 1, cancellationToken);
        ModelChecks.Offsets(offsets, header.Entries);
        var columns = await ReadAsync<int>(header.Entries, cancellationToken);
        var values = await ReadAsync<Half>(header.Entries, cancellationToken);
        var popularity = await ReadAsync<float>(header.Items, cancellationToken);
        var checksum = Convert.ToHexStringLower(_hash.GetHashAndReset());
        var stored = Convert.ToHexStringLower(await ReadAsync<byte>(BinaryHeader.HashLength, cancellationToken));
        if (
            !string.Equals(checksum, stored, StringComparison.Ordinal)
            || !string.Equals(checksum, manifest.Binary.Sha256, StringComparison.Ordinal)
        )
            throw new InvalidDataException("The checksum of model.bin is wrong.");
        var weights = new ItemWeights(offsets, columns, values, header.Scale);
        ModelChecks.Weights(weights);
        ModelChecks.Popularity(popularity);
        return new ItemModel(manifest, ids, weights, popularity);
    }

    public void Dispose() => _hash.Dispose();

    private static ItemId[] Ids(byte[] bytes, ushort[] lengths)
    {
        var ids = new ItemId[lengths.Length];
        var at = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (at + lengths[i] > bytes.Length)
                throw new InvalidDataException("The item ids are longer than model.bin says.");
            var text = s_strict.GetString(bytes, at, lengths[i]);
            ids[i] = ItemId.Parse(text);
            at += lengths[i];
            if (
                !string.Equals(ids[i].Value, text, StringComparison.Ordinal)
                || (i > 0 && ids[i - 1].CompareTo(ids[i]) >= 0)
            )
                throw new InvalidDataException("The item ids are not in order.");
        }
        return at == bytes.Length
            ? ids
            : throw new InvalidDataException("The item ids are shorter than model.bin says.");
    }

    /// <summary>Memory grows with what has really arrived, so a false length costs nothing.</summary>
    private async Task<T[]> ReadAsync<T>(long count, CancellationToken cancellationToken)
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
}
