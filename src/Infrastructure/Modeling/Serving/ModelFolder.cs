using System.IO.Compression;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// A folder with <c>manifest.json</c>, <c>model.bin</c> and, with content, <c>content.bin</c>: what a container serves
/// from, and what its training leaves.
/// </summary>
public static class ModelFolder
{
    /// <summary>The folder beside a refitted model that holds the candidate that was measured.</summary>
    public const string Candidate = "candidate";

    private const int MaximumManifest = 1 << 20;
    private const long MaximumBinary = 4L << 30;

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        ModelArtefactReader.ManifestName,
        ModelArtefactReader.BinaryName,
        ModelArtefactReader.ContentName,
        $"{Candidate}/{ModelArtefactReader.ManifestName}",
        $"{Candidate}/{ModelArtefactReader.BinaryName}",
        $"{Candidate}/{ModelArtefactReader.ContentName}",
    };

    /// <summary>Unpacks an artefact, in whatever order its files are.</summary>
    /// <param name="artefact"><c>model.tar.gz</c>.</param>
    /// <param name="folder">Gets the files, and in <see cref="Candidate"/> those of the candidate where there is
    /// one; exists.</param>
    /// <param name="cancellationToken">Cancels the unpacking.</param>
    /// <exception cref="StoredFormatException">It is no such archive.</exception>
    public static async Task UnpackAsync(Stream artefact, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        try
        {
            await using var packed = new MeasuredStream(artefact);
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            await using var plain = new MeasuredStream(unpacked, packed);
            var archive = new ArchiveReader(plain);
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (await archive.NextAsync(cancellationToken) is { } file)
            {
                if (!s_names.Contains(file.Name))
                    throw new InvalidDataException($"The archive holds '{file.Name}' besides a model.");
                var maximum =
                    Path.GetFileName(file.Name) is ModelArtefactReader.ManifestName ? MaximumManifest : MaximumBinary;
                if (file.Length > maximum)
                    throw new InvalidDataException(
                        $"The archive's {file.Name} has {file.Length} bytes; at most {maximum} are allowed."
                    );
                if (!names.Add(file.Name))
                    throw new InvalidDataException($"The archive holds '{file.Name}' twice.");
                var path = Path.Combine(folder, file.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var target = File.Create(path);
                await CopyAsync(plain, target, file.Length, cancellationToken);
            }
            await archive.FinishAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new StoredFormatException($"The model can't be unpacked. {problem.Message}", problem);
        }
    }

    /// <summary>Puts figures into the manifest of an unpacked model; its version does not depend on them.</summary>
    /// <exception cref="StoredFormatException">There is no manifest that this version knows.</exception>
    public static async Task NoteMetricsAsync(
        string folder,
        IReadOnlyDictionary<string, double> metrics,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var path = Path.Combine(folder, ModelArtefactReader.ManifestName);
        var bytes = new FileInfo(path) is { Exists: true, Length: <= MaximumManifest }
            ? await File.ReadAllBytesAsync(path, cancellationToken)
            : [];
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, ManifestJson.Default.ModelManifest)!;
            foreach (var (name, value) in metrics)
                manifest.Metrics[name] = value;
            await File.WriteAllBytesAsync(
                path,
                JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.ModelManifest),
                cancellationToken
            );
        }
        catch (JsonException problem)
        {
            throw new StoredFormatException($"The manifest can't be read. {problem.Message}", problem);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
            await from.ReadExactlyAsync(part, cancellationToken);
            await to.WriteAsync(part, cancellationToken);
            left -= part.Length;
        }
    }
}

/// <summary>A folder of its own that is gone when it is disposed.</summary>
internal sealed class TemporaryModelFolder : IDisposable
{
    public TemporaryModelFolder(string? parent)
    {
        Path = System.IO.Path.Combine(
            parent ?? System.IO.Path.GetTempPath(),
            $"model-{System.IO.Path.GetRandomFileName()}"
        );
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
