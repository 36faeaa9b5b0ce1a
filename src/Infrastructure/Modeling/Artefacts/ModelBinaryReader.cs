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
    private static readonly UTF8Encoding s_strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly CheckedReader _reader = new(stream);

    /// <param name="manifest">What the file must be.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The file is not what the manifest says, or no model.</exception>
    public async Task<ItemModel> ReadAsync(ModelManifest manifest, long length, CancellationToken cancellationToken)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Models are written and read on little-endian machines only.");
        var header = BinaryHeader.Read(await _reader.ReadAsync<byte>(BinaryHeader.Length, cancellationToken));
        if (header.TotalBytes != length || manifest.Binary.Bytes != length || manifest.Data.Items != header.Items)
            throw new InvalidDataException("The sizes in the manifest, the archive and model.bin differ.");

        var lengths = await _reader.ReadAsync<ushort>(header.Items, cancellationToken);
        var ids = Ids(await _reader.ReadAsync<byte>(header.IdBytes, cancellationToken), lengths);
        var offsets = await _reader.ReadAsync<int>(header.Items + 1, cancellationToken);
        ModelChecks.Offsets(offsets, header.Entries);
        var columns = await _reader.ReadAsync<int>(header.Entries, cancellationToken);
        var values = await _reader.ReadAsync<Half>(header.Entries, cancellationToken);
        var popularity = await _reader.ReadAsync<float>(header.Items, cancellationToken);
        if (!await _reader.EndsAsync(manifest.Binary.Sha256, cancellationToken))
            throw new InvalidDataException("The checksum of model.bin is wrong.");
        var weights = new ItemWeights(offsets, columns, values, header.Scale);
        ModelChecks.Weights(weights);
        ModelChecks.Popularity(popularity);
        return new ItemModel(manifest, ids, weights, popularity);
    }

    public void Dispose() => _reader.Dispose();

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
}
