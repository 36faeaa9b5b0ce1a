using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Histories;

namespace Recommendation.Modeling.Artefacts;

/// <summary>Writes <c>model.tar.gz</c>; the same content gives the same bytes.</summary>
internal static class ModelArtefactWriter
{
    /// <returns>The model with its artefact in a temporary file, which is gone when it is
    /// disposed (and on failure).</returns>
    public static async Task<TrainedModel> WriteAsync(
        ModelContent content,
        string? folder,
        CancellationToken cancellationToken
    )
    {
        await using var binary = TemporaryFiles.Create(folder, "model");
        using var writer = new ModelBinaryWriter(binary);
        var checksum = await writer.WriteAsync(content, cancellationToken);
        var manifest = ManifestOf(content, new ManifestBinary(binary.Length, Convert.ToHexStringLower(checksum)));
        if (content.Content is not { } index)
            return await RepackAsync(Named(manifest), binary, contentBinary: null, folder, cancellationToken);
        await using var second = TemporaryFiles.Create(folder, "model");
        checksum = await ContentBinary.WriteAsync(index, second, cancellationToken);
        manifest = manifest with
        {
            FormatVersion = ModelManifest.ContentSince,
            Content = ManifestContent.From(index, second.Length, Convert.ToHexStringLower(checksum)),
        };
        return await RepackAsync(Named(manifest), binary, second, folder, cancellationToken);
    }

    /// <summary>Packs what makes an artefact.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="binary"><c>model.bin</c>.</param>
    /// <param name="contentBinary"><c>content.bin</c>; null where the model has no content.</param>
    /// <param name="folder">Where temporary files are.</param>
    /// <param name="cancellationToken">Cancels the packing.</param>
    public static async Task<TrainedModel> RepackAsync(
        ModelManifest manifest,
        FileStream binary,
        FileStream? contentBinary,
        string? folder,
        CancellationToken cancellationToken
    )
    {
        var artefact = TemporaryFiles.Create(folder, "model");
        try
        {
            await PackAsync(manifest, binary, contentBinary, artefact, cancellationToken);
            artefact.Position = 0;
            return new TrainedModel(Describe(manifest, artefact.Length), artefact);
        }
        catch
        {
            await artefact.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a manifest says of its model, in the terms of the port.</summary>
    public static ModelDescription Describe(ModelManifest manifest, long artefactBytes) =>
        new(
            ModelVersion.Parse(manifest.ModelVersion),
            Timestamps.Parse(manifest.Created)
                ?? throw new InvalidDataException("The manifest's time of creation is not a time."),
            manifest.Trainer,
            manifest.Data.Users,
            manifest.Data.Items,
            manifest.Data.Interactions,
            artefactBytes,
            manifest.Parameters,
            manifest.Metrics
        )
        {
            TrainedThrough = Timestamps.Parse(manifest.Data.To),
            Refit = manifest.Refit?.ToSource(),
        };

    private static ModelManifest ManifestOf(ModelContent content, ManifestBinary binary)
    {
        return new ModelManifest
        {
            FormatVersion = ModelManifest.ContentSince - 1,
            ModelVersion = "",
            Trainer = content.Trainer,
            Created = Timestamps.Format(content.Created),
            Data = new ManifestData(
                Timestamps.Format(content.OldestData), Timestamps.Format(content.NewestData),
                content.Users, content.ItemIds.Length, content.Interactions),
            Parameters = content.Parameters,
            EventTypes = ManifestEventType.From(content.EventTypes),
            Metrics = content.Metrics,
            Refit = content.Refit is { } source ? ManifestRefit.From(source) : null,
            Binary = binary,
        };
    }

    private static ModelManifest Named(ModelManifest manifest) =>
        manifest with { ModelVersion = ModelVersions.Of(manifest).Value };

    private static async Task PackAsync(
        ModelManifest manifest,
        FileStream binary,
        FileStream? contentBinary,
        FileStream artefact,
        CancellationToken cancellationToken
    )
    {
        // Fastest: weights are close to noise, so more effort hardly makes them smaller.
        await using var compressed = new GZipStream(artefact, CompressionLevel.Fastest, leaveOpen: true);
        await using var archive = new TarWriter(compressed, TarEntryFormat.Ustar, leaveOpen: true);
        using var json = new MemoryStream(
            JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.ModelManifest)
        );
        await archive.WriteEntryAsync(Entry(ModelArtefactReader.ManifestName, json), cancellationToken);
        binary.Position = 0;
        await archive.WriteEntryAsync(Entry(ModelArtefactReader.BinaryName, binary), cancellationToken);
        if (contentBinary is null)
            return;
        contentBinary.Position = 0;
        await archive.WriteEntryAsync(Entry(ModelArtefactReader.ContentName, contentBinary), cancellationToken);
    }

    private static UstarTarEntry Entry(string name, Stream data) => new(TarEntryType.RegularFile, name)
    {
        ModificationTime = DateTimeOffset.UnixEpoch,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        DataStream = data,
    };
}
