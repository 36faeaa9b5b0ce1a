namespace Recommendation.Local.Files;

/// <summary>
/// Folders and files that their owner alone may read, since they hold profiles: 0700 and 0600. On Windows a folder's
/// own access list decides.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = Owner | UnixFileMode.UserExecute;

    /// <summary>
    /// Creates what is missing of a path; a folder that is there keeps its mode, for it may hold other things.
    /// </summary>
    internal static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
        {
            Directory.CreateDirectory(path); // also where it exists: a file in its place is refused
            return;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent)
            MakeFolder(parent); // the mode is given to the last folder of a path alone
        Directory.CreateDirectory(path, OwnerFolder);
    }

    /// <summary>Opens a file; one that is created is its owner's alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether it may or must be there.</param>
    /// <param name="access">Reading, writing, or both.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <param name="bufferSize">In bytes; 0 for no buffer.</param>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static FileStream Open(
        string path,
        FileMode mode,
        FileAccess access = FileAccess.Write,
        FileShare share = FileShare.None,
        int bufferSize = 4096
    )
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            BufferSize = bufferSize,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        return new FileStream(path, options);
    }

    /// <summary>Takes the access of other accounts away where an older version granted it.</summary>
    internal static void Tighten(params IEnumerable<string> paths)
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                Tighten(path, OwnerFolder);
            else if (File.Exists(path))
                Tighten(path, Owner);
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Tighten(string path, UnixFileMode mode)
    {
        try
        {
            if ((File.GetUnixFileMode(path) & ~OwnerFolder) != UnixFileMode.None)
                File.SetUnixFileMode(path, mode);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // Only the owner may: another account that shares the folder works on as it did. A file may also
            // be gone by now.
        }
    }
}
