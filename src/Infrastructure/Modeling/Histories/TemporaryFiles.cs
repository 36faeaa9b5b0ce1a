namespace Recommendation.Modeling.Histories;

/// <summary>Files that are gone when they are closed, also when the process is killed.</summary>
internal static class TemporaryFiles
{
    /// <param name="folder">Where; null for the system's folder for temporary files.</param>
    /// <param name="name">What the name begins with.</param>
    public static FileStream Create(string? folder, string name)
    {
        folder ??= Path.GetTempPath();
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{name}-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = 1 << 16,
        };
        // Histories are personal data.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Where the system allows it, the name goes at once, so that a killed process leaves nothing either.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
