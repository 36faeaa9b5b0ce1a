using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Tests.Artefacts;

public class ModelArtefactTests
{
    [Fact]
    public async Task What_was_written_is_read()
    {
        await using var trained = await Some.Train(Some.TwoTastes());
        var model = await ModelArtefactReader.ReadAsync(trained.Artefact, CancellationToken.None);

        Assert.Equal(trained.Description.Version, model.Version);
        Assert.Equal(trained.Description.Items, model.Items.Length);
        Assert.Equal(model.Items.Order(), model.Items);
        Assert.Equal(1, model.Popularity.Max());
        Assert.NotEmpty(model.Weights.Columns);
    }

    [Fact]
    public async Task An_unpacked_artefact_is_read_from_its_folder()
    {
        var bytes = await Some.Artefact(Some.TwoTastes());
        var folder = Directory.CreateTempSubdirectory();
        await using (var plain = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(plain, folder.FullName, overwriteFiles: false);

        var model = await ModelArtefactReader.ReadFolderAsync(folder.FullName, CancellationToken.None);

        Assert.Equal((await Read(bytes)).Version, model.Version);
        File.Delete(Path.Combine(folder.FullName, "model.bin"));
        await Assert.ThrowsAsync<StoredFormatException>(() =>
            ModelArtefactReader.ReadFolderAsync(folder.FullName, CancellationToken.None)
        );
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_truncated_artefact_is_refused_wherever_it_ends()
    {
        var bytes = await Some.Artefact(Some.TwoTastes(users: 4, items: 3));
        for (var length = 0; length < bytes.Length; length++)
            await Assert.ThrowsAsync<StoredFormatException>(() => Read(bytes[..length]));
    }

    [Fact]
    public async Task A_flipped_bit_in_the_artefact_is_refused_or_changes_nothing()
    {
        var bytes = await Some.Artefact(Some.TwoTastes(users: 4, items: 3));
        var model = await Read(bytes);
        var refused = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit += 3)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // such as the header's time, or where a run of zeros is copied from
                var same = await Read(flipped);
                Assert.Equal(model.Manifest.Created, same.Manifest.Created);
                Assert.Equal(model.Version, same.Version);
                Assert.Equal(model.Weights.Values, same.Weights.Values);
            }
            catch (StoredFormatException)
            {
                refused++;
            }
        }
        Assert.True(refused > bytes.Length * 2);
    }

    [Fact]
    public async Task A_flipped_bit_in_an_unpacked_artefact_is_refused()
    {
        var (manifest, binary) = await Parts();
        for (var at = 0; at < binary.Length; at++)
        {
            var flipped = binary.ToArray();
            flipped[at] ^= 4;
            await Assert.ThrowsAsync<StoredFormatException>(() =>
                Read(Pack(("manifest.json", manifest), ("model.bin", flipped)))
            );
        }
    }

    [Fact]
    public async Task A_newer_format_is_refused_by_name()
    {
        var (manifest, binary) = await Parts();
        var newer = Replace(manifest, "\"formatVersion\": 3,", "\"formatVersion\": 5, \"unknown\": true,");

        var refused = await Assert.ThrowsAsync<StoredFormatException>(() =>
            Read(Pack(("manifest.json", newer), ("model.bin", binary)))
        );

        Assert.Contains("format 5; this version reads 1 … 4", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_the_first_format_is_read_as_one_without_order_or_repeats()
    {
        var (json, binary) = await Parts();
        var manifest = System.Text.Json.JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest)! with
        {
            FormatVersion = 1,
            EventTypes = null,
        };
        foreach (
            var since in new[]
            {
                "transitionShare",
                "repeatBonus",
                "userExponent",
                "sharpness",
                "evenness",
                "factorShare",
                "factorExponent",
            }
        )
            Assert.True(manifest.Parameters.Remove(since));
        manifest = manifest with { ModelVersion = ModelVersions.Of(manifest).Value };

        var model = await Read(
            Pack(
                (
                    "manifest.json",
                    System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.ModelManifest)
                ),
                ("model.bin", binary)
            )
        );

        Assert.Equal((0, Recency.None), (model.Scoring.RepeatBonus, model.Scoring.Recency));
        Assert.Same(EventTypeSettings.BeforeRecorded, model.EventTypes);
        Assert.Equal(manifest.ModelVersion, model.Version.Value);
        Assert.NotEmpty(model.Weights.Columns);
    }

    [Fact]
    public async Task A_model_of_this_format_that_does_not_say_what_repeats_are_worth_is_refused()
    {
        var (json, binary) = await Parts();
        var manifest = System.Text.Json.JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest)!;
        manifest.Parameters.Remove("repeatBonus");
        manifest = manifest with { ModelVersion = ModelVersions.Of(manifest).Value };

        var refused = await Assert.ThrowsAsync<StoredFormatException>(() =>
            Read(
                Pack(
                    (
                        "manifest.json",
                        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                            manifest,
                            ManifestJson.Default.ModelManifest
                        )
                    ),
                    ("model.bin", binary)
                )
            )
        );

        Assert.Contains("repeatBonus", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"positionDecay\": 1", "\"positionDecay\": 0.5")]
    [InlineData("\"trainer\": \"sparse\"", "\"trainer\": \"other\"")]
    [InlineData("\"created\"", "\"unknown\": 1, \"created\"")]
    [InlineData("\"users\": 4", "\"users\": null")]
    public async Task A_manifest_that_does_not_fit_is_refused(string old, string changed)
    {
        var (manifest, binary) = await Parts();

        await Assert.ThrowsAsync<StoredFormatException>(() =>
            Read(Pack(("manifest.json", Replace(manifest, old, changed)), ("model.bin", binary)))
        );
    }

    [Theory]
    [InlineData(12, 100_000_000)] // items
    [InlineData(12, -1)]
    [InlineData(16, 400_000_000)] // entries
    [InlineData(16, -1)]
    [InlineData(24, 2_000_000_000)] // bytes of ids
    [InlineData(24, int.MinValue)]
    public async Task A_hostile_length_is_refused_before_memory_is_taken(int at, int value)
    {
        var (manifest, binary) = await Parts();
        BitConverter.TryWriteBytes(binary.AsSpan(at), value);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await Assert.ThrowsAsync<StoredFormatException>(() =>
            Read(Pack(("manifest.json", manifest), ("model.bin", binary)))
        );

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
    }

    [Fact]
    public async Task Other_files_in_the_archive_are_refused()
    {
        var (manifest, binary) = await Parts();

        await Assert.ThrowsAsync<StoredFormatException>(() =>
            Read(Pack(("model.bin", binary), ("manifest.json", manifest)))
        );
        await Assert.ThrowsAsync<StoredFormatException>(() =>
            Read(Pack(("manifest.json", manifest), ("model.bin", binary), ("more", [1])))
        );
        await Assert.ThrowsAsync<StoredFormatException>(() => Read(Pack(("manifest.json", manifest))));
        await Assert.ThrowsAsync<StoredFormatException>(() => Read(Pack()));
    }

    [Fact]
    public async Task A_repacked_artefact_is_read()
    {
        var (manifest, binary) = await Parts();

        Assert.NotEmpty((await Read(Pack(("./manifest.json", manifest), ("./model.bin", binary)))).Items);
    }

    private static async Task<ItemModel> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await ModelArtefactReader.ReadAsync(stream, CancellationToken.None);
    }

    private static byte[] Replace(byte[] manifest, string old, string changed)
    {
        var text = Encoding.UTF8.GetString(manifest);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal));
    }

    private static async Task<(byte[] Manifest, byte[] Binary)> Parts()
    {
        await using var plain = new GZipStream(
            new MemoryStream(await Some.Artefact(Some.TwoTastes(users: 4, items: 3))),
            CompressionMode.Decompress
        );
        await using var archive = new TarReader(plain);
        return (await Next(archive), await Next(archive));
    }

    private static async Task<byte[]> Next(TarReader archive)
    {
        var entry = await archive.GetNextEntryAsync(copyData: true);
        using var copy = new MemoryStream();
        await entry!.DataStream!.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static byte[] Pack(params (string Name, byte[] Data)[] files)
    {
        var packed = new MemoryStream();
        using (var compressed = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        using (var archive = new TarWriter(compressed, TarEntryFormat.Ustar))
        {
            foreach (var (name, data) in files)
                archive.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(data) }
                );
        }
        return packed.ToArray();
    }
}
