using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Tests.Shapes;

namespace Recommendation.Modeling.Tests.Artefacts;

/// <summary>Models with content.</summary>
public sealed class ContentArtefactTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Content_is_read_as_it_was_written_from_the_archive_and_from_its_folder()
    {
        var bytes = await ArtefactAsync();
        var packed = await ModelArtefactReader.ReadAsync(new MemoryStream(bytes), CancellationToken.None);
        await ModelFolder.UnpackAsync(new MemoryStream(bytes), _folder.FullName, CancellationToken.None);
        var model = await ReadFolderAsync();

        Assert.Equal(4, model.Manifest.FormatVersion);
        Assert.Equal(packed.Version, model.Version);
        Assert.Equal(model.Items.Length, model.Content!.Items);
        Assert.Equal(packed.Content!.Hashes, model.Content.Hashes);
        Assert.Equal(packed.Content.Values, model.Content.Values);
        Assert.Equal(1, model.Content.Weights.Sum(), 3);
        Assert.Equal(0.3, model.ContentParameters!.Scale);
    }

    [Fact]
    public async Task A_truncated_or_changed_content_file_is_refused()
    {
        await ModelFolder.UnpackAsync(
            new MemoryStream(await ArtefactAsync()), _folder.FullName, CancellationToken.None);
        var path = Path.Combine(_folder.FullName, "content.bin");
        var content = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < content.Length; at += 97)
        {
            var changed = content.ToArray();
            changed[at] ^= 1;
            await RefusedAsync(path, changed);
            await RefusedAsync(path, content[..at]);
        }
        File.Delete(path);
        await Assert.ThrowsAsync<StoredFormatException>(ReadFolderAsync);
    }

    [Theory]
    [InlineData(12, int.MaxValue)]
    [InlineData(16, int.MaxValue)]
    [InlineData(16, -1)]
    [InlineData(20, int.MaxValue)]
    [InlineData(8, 2)]
    public async Task A_hostile_length_is_refused_even_if_the_checksum_is_right(int at, int value)
    {
        await ModelFolder.UnpackAsync(
            new MemoryStream(await ArtefactAsync()), _folder.FullName, CancellationToken.None);
        var path = Path.Combine(_folder.FullName, "content.bin");
        var content = await File.ReadAllBytesAsync(path);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(at), value);
        SHA256.HashData(content.AsSpan(..^32), content.AsSpan(^32..));
        await RefusedAsync(path, content);
    }

    [Theory]
    [InlineData("\"formatVersion\": 4", "\"formatVersion\": 3", "has no content")]
    [InlineData("\"contentScale\": 0.3", "\"contentScale\": -1", "version does not match")]
    [InlineData("\"name\": \"title\"", "\"name\": \"tilte\"", "version does not match")]
    public async Task A_manifest_that_does_not_fit_its_content_is_refused(string old, string changed, string reason)
    {
        await ModelFolder.UnpackAsync(
            new MemoryStream(await ArtefactAsync()), _folder.FullName, CancellationToken.None);
        var path = Path.Combine(_folder.FullName, "manifest.json");
        var manifest = await File.ReadAllTextAsync(path);
        Assert.Contains(old, manifest, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, manifest.Replace(old, changed, StringComparison.Ordinal));

        var problem = await Assert.ThrowsAsync<StoredFormatException>(ReadFolderAsync);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_content_is_written_in_the_format_that_earlier_versions_read()
    {
        await using var trained = await Some.Train(Some.TwoTastes());
        await using var plain = new GZipStream(trained.Artefact, CompressionMode.Decompress);
        await using var archive = new TarReader(plain);
        var first = await archive.GetNextEntryAsync(copyData: true);
        using var text = new StreamReader(first!.DataStream!, Encoding.UTF8);
        var manifest = await text.ReadToEndAsync();

        Assert.Contains("\"formatVersion\": 3", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("content", manifest, StringComparison.Ordinal);
    }

    private Task<ItemModel> ReadFolderAsync() =>
        ModelArtefactReader.ReadFolderAsync(_folder.FullName, CancellationToken.None);

    private async Task RefusedAsync(string path, byte[] content)
    {
        await File.WriteAllBytesAsync(path, content);
        await Assert.ThrowsAsync<StoredFormatException>(ReadFolderAsync);
    }

    private static async Task<byte[]> ArtefactAsync()
    {
        var shape = ContentShape.Titles(items: 100, users: 120);
        await using var trained = await Some.Trainer().TrainAsync(
            Some.Stream(shape.Interactions),
            new TrainingOptions(Some.Noon) { Catalogue = _ => Some.Stream(shape.Items) },
            progress: null,
            CancellationToken.None);
        using var copy = new MemoryStream();
        await trained.Artefact.CopyToAsync(copy);
        return copy.ToArray();
    }
}
