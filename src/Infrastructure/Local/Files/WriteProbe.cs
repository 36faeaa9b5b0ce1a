namespace Recommendation.Local.Files;

/// <summary>
/// Finds out whether a folder takes new bytes: a full disk, or one that has become read-only, still reads.
/// </summary>
/// <param name="open">Opens the new file; null for the file system.</param>
internal sealed class WriteProbe(Func<string, Stream>? open = null)
{
    private const int Bytes = 64 * 1024;

    private readonly Func<string, Stream> _open =
        open ?? (path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None));

    /// <exception cref="IOException">The folder does not take them.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    internal async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $".ready-{Guid.NewGuid():N}.tmp");
        try
        {
            await using var file = _open(path);
            await file.WriteAsync(new byte[Bytes], cancellationToken);
            if (file is FileStream onDisk)
                onDisk.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
