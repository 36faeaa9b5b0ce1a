using System.Formats.Tar;
using System.IO.Compression;
using Recommendation.Application.Ports;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Tests.Artefacts;

/// <summary>Unpacking an artefact that comes from elsewhere.</summary>
public sealed class ModelFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("model-folder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_small_archive_that_unpacks_to_much_is_refused_before_it_fills_the_disk()
    {
        var bomb = Pack(("model.bin", 256L << 20));
        Assert.True(bomb.Length < 2 << 20);

        var problem = await RefusalAsync(bomb);

        Assert.Contains("more than 50 times its size", problem, StringComparison.Ordinal);
        Assert.True(new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length) < 64 << 20);
    }

    [Fact]
    public async Task A_manifest_that_is_too_large_is_refused_by_its_declared_size()
    {
        Assert.Contains(
            "manifest.json has 2097152 bytes; at most 1048576",
            await RefusalAsync(Pack(("manifest.json", 2 << 20))),
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_comes_twice_is_refused() =>
        Assert.Contains(
            "'manifest.json' twice",
            await RefusalAsync(Pack(("manifest.json", 10), ("manifest.json", 10))),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_bomb_is_refused_when_it_is_loaded_as_well()
    {
        using var bomb = new MemoryStream(Pack(("manifest.json", 2), ("model.bin", 256L << 20)));
        await Assert.ThrowsAsync<StoredFormatException>(() => LoadedModel.FromArtefactAsync(
            bomb, Domain.Interactions.EventTypeSettings.Default, CancellationToken.None));
    }

    private async Task<string> RefusalAsync(byte[] archive)
    {
        using var artefact = new MemoryStream(archive);
        return (
            await Assert.ThrowsAsync<StoredFormatException>(() =>
                ModelFolder.UnpackAsync(artefact, _folder, CancellationToken.None)
            )
        ).Message;
    }

    private static byte[] Pack(params (string Name, long Zeros)[] files)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (name, zeros) in files)
            {
                using var content = new MemoryStream(new byte[zeros]);
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content });
            }
        }
        return output.ToArray();
    }
}
