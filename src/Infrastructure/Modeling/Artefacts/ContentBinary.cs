using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Writes and reads <c>content.bin</c>; see <see cref="ContentHeader"/> for the layout.</summary>
internal static class ContentBinary
{
    /// <returns>The SHA-256 that ends the file.</returns>
    public static async Task<byte[]> WriteAsync(ContentIndex index, Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[ContentHeader.Length];
        new ContentHeader(index.Items, index.Hashes.Length, index.Features.Length).WriteTo(header);
        using var writer = new CheckedWriter(stream);
        await writer.WriteAsync<byte>(header, cancellationToken);
        await writer.WriteAsync<ulong>(index.Hashes, cancellationToken);
        await writer.WriteAsync<byte>(index.FeatureKinds, cancellationToken);
        await writer.WriteAsync<float>(index.Rarities, cancellationToken);
        await writer.WriteAsync<int>(index.Offsets, cancellationToken);
        await writer.WriteAsync<int>(index.Features, cancellationToken);
        await writer.WriteAsync<Half>(index.Values, cancellationToken);
        return await writer.EndAsync(cancellationToken);
    }

    /// <param name="manifest">What the file must be.</param>
    /// <param name="stream">The file.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="items">How many items the model has.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The file is not what the manifest says.</exception>
    public static async Task<ContentIndex> ReadAsync(
        ManifestContent manifest, Stream stream, long length, int items, CancellationToken cancellationToken)
    {
        var kinds = manifest.ToKinds();
        using var reader = new CheckedReader(stream);
        var header = ContentHeader.Read(await reader.ReadAsync<byte>(ContentHeader.Length, cancellationToken));
        if (header.TotalBytes != length || manifest.Bytes != length || header.Items != items)
            throw new InvalidDataException("The sizes in the manifest, the archive and content.bin differ.");
        var index = new ContentIndex(
            kinds,
            Array.ConvertAll(manifest.Kinds.ToArray(), kind => (float)kind.Weight),
            await reader.ReadAsync<ulong>(header.Features, cancellationToken),
            await reader.ReadAsync<byte>(header.Features, cancellationToken),
            await reader.ReadAsync<float>(header.Features, cancellationToken),
            await reader.ReadAsync<int>(items + 1, cancellationToken),
            await reader.ReadAsync<int>(header.Entries, cancellationToken),
            await reader.ReadAsync<Half>(header.Entries, cancellationToken));
        if (!await reader.EndsAsync(manifest.Sha256, cancellationToken))
            throw new InvalidDataException("The checksum of content.bin is wrong.");
        Check(index);
        return index;
    }

    private static void Check(ContentIndex index)
    {
        for (var at = 0; at < index.Hashes.Length; at++)
        {
            if (at > 0 && index.Hashes[at - 1] >= index.Hashes[at])
                throw new InvalidDataException("The features of content.bin are not in order.");
            if (index.FeatureKinds[at] >= index.Kinds.Length)
                throw new InvalidDataException("A feature of content.bin is of a kind that the manifest lacks.");
            if (!(index.Rarities[at] >= 0) || !float.IsFinite(index.Rarities[at]))
                throw new InvalidDataException("A rarity in content.bin is not a finite number from 0.");
        }
        if (index.Offsets[0] != 0 || index.Offsets[^1] != index.Features.Length)
            throw new InvalidDataException("The items of content.bin do not fit its entries.");
        for (var item = 0; item < index.Items; item++)
        {
            var length = (long)index.Offsets[item + 1] - index.Offsets[item];
            if (length is < 0 or > ContentIndex.MaximumFeatures)
                throw new InvalidDataException($"Item {item} of content.bin has {length} features.");
            var previous = -1;
            foreach (var feature in index.FeaturesOf(item))
            {
                if (feature <= previous || feature >= index.Hashes.Length)
                    throw new InvalidDataException($"Item {item} of content.bin has a feature out of order or range.");
                previous = feature;
            }
        }
        foreach (var value in index.Values)
        {
            if (!Half.IsFinite(value) || Half.IsNegative(value))
                throw new InvalidDataException("A value in content.bin is not a finite number from 0.");
        }
    }
}
