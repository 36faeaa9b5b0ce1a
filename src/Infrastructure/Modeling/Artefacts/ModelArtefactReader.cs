using System.IO.Compression;
using System.Text.Json;
using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Loads models and refuses what it does not know or what is damaged.</summary>
internal static class ModelArtefactReader
{
    internal const string ManifestName = "manifest.json";
    internal const string BinaryName = "model.bin";
    internal const string ContentName = "content.bin";
    private const int MaximumManifest = 1 << 20;

    /// <summary>Reads <c>model.tar.gz</c>.</summary>
    /// <exception cref="StoredFormatException">The artefact is damaged, or of a format version that
    /// this release does not
    /// know.</exception>
    public static Task<ItemModel> ReadAsync(Stream artefact, CancellationToken cancellationToken) =>
        Guard(async () =>
        {
            await using var packed = new MeasuredStream(artefact);
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            await using var plain = new MeasuredStream(unpacked, packed);
            var archive = new ArchiveReader(plain);
            var manifest = ParseManifest(
                await ReadManifestAsync(
                    plain,
                    await Expect(archive, ManifestName, cancellationToken),
                    cancellationToken
                )
            );
            var length = await Expect(archive, BinaryName, cancellationToken);
            using var reader = new ModelBinaryReader(plain);
            var model = await reader.ReadAsync(manifest, length, cancellationToken);
            if (manifest.Content is { } content)
            {
                length = await Expect(archive, ContentName, cancellationToken);
                model = model.With(
                    await ContentBinary.ReadAsync(content, plain, length, model.Items.Length, cancellationToken));
            }
            if (await archive.NextAsync(cancellationToken) is { } more)
                throw new InvalidDataException($"The archive holds '{more.Name}' besides a model.");
            await archive.FinishAsync(cancellationToken);
            if (packed.Tail != (uint)plain.Count)
                throw new InvalidDataException("The end of the archive is missing, or something follows it.");
            return model;
        });

    /// <summary>Reads a folder into which <c>model.tar.gz</c> was unpacked.</summary>
    /// <exception cref="StoredFormatException">The artefact is damaged, incomplete, or of a format version that this
    /// release does not
    /// know.</exception>
    public static Task<ItemModel> ReadFolderAsync(string folder, CancellationToken cancellationToken) =>
        Guard(async () =>
        {
            await using var manifestFile = Open(folder, ManifestName);
            var manifest = ParseManifest(await ReadManifestAsync(manifestFile, manifestFile.Length, cancellationToken));
            await using var binary = Open(folder, BinaryName);
            using var reader = new ModelBinaryReader(binary);
            var model = await reader.ReadAsync(manifest, binary.Length, cancellationToken);
            if (manifest.Content is not { } content)
                return model;
            await using var file = Open(folder, ContentName);
            return model.With(
                await ContentBinary.ReadAsync(content, file, file.Length, model.Items.Length, cancellationToken));
        });

    private static FileStream Open(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path)
            ? File.OpenRead(path)
            : throw new InvalidDataException($"The folder of the model lacks {name}.");
    }

    private static async Task<long> Expect(ArchiveReader archive, string name, CancellationToken cancellationToken)
    {
        var next = await archive.NextAsync(cancellationToken);
        return next is { } file && string.Equals(file.Name, name, StringComparison.Ordinal)
            ? file.Length
            : throw new InvalidDataException(
                $"The archive holds {(next is { } other ? $"'{other.Name}'" : "nothing")} where {name} should be."
            );
    }

    private static async Task<byte[]> ReadManifestAsync(Stream stream, long length, CancellationToken cancellationToken)
    {
        if (length is < 1 or > MaximumManifest)
            throw new InvalidDataException($"The manifest has {length} bytes; 1 … {MaximumManifest} are allowed.");
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static ModelManifest ParseManifest(byte[] json)
    {
        var format = JsonSerializer.Deserialize(json, ManifestJson.Default.ManifestFormat)?.FormatVersion ?? 0;
        if (format is < ModelManifest.OldestFormat or > ModelManifest.CurrentFormat)
        {
            throw new InvalidDataException(
                $"The model has format {format}; this version reads {ModelManifest.OldestFormat} … "
                    + $"{ModelManifest.CurrentFormat}. Use a version that knows it, or train anew."
            );
        }
        var manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest)
            ?? throw new InvalidDataException("The manifest is empty.");
        if (manifest.EventTypes is null && format >= ModelManifest.EventTypesSince)
            throw new InvalidDataException("The manifest does not say which event types the model was trained with.");
        if (manifest.Content is not null && format < ModelManifest.ContentSince)
            throw new InvalidDataException($"A model of format {format} has no content.");
        if (!string.Equals(manifest.ModelVersion, ModelVersions.Of(manifest).Value, StringComparison.Ordinal))
            throw new InvalidDataException("The model's version does not match its content.");
        return manifest;
    }

    private static async Task<ItemModel> Guard(Func<Task<ItemModel>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or EndOfStreamException
                        or JsonException
                        or ArgumentException
                        or FormatException
            )
        {
            throw new StoredFormatException($"The model can't be loaded. {exception.Message}", exception);
        }
    }
}
