using System.Text.Json.Serialization.Metadata;
using Recommendation.Application.Ports;

namespace Recommendation.Local.Files;

/// <summary>Files that are whole or absent, whatever happens while they are written.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the place, to the disk, and then renames into it.</summary>
    internal static Task WriteAsync<T>(
        string path,
        T document,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) => WriteAsync(path, StoredJson.Write(document, type), cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    internal static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await WriteThroughAsync(temporary, new MemoryStream(content), cancellationToken);
            DurableMove.File(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <returns>Null where there is no such file.</returns>
    internal static async Task<T?> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class, IStoredDocument
    {
        try
        {
            return StoredJson.Read(await File.ReadAllBytesAsync(path, cancellationToken), type, path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a new file and waits until it is on the disk.</summary>
    internal static async Task WriteThroughAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        await using var file = PrivateFiles.Open(path, FileMode.CreateNew);
        await content.CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
