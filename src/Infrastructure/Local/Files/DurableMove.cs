using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Recommendation.Local.Files;

/// <summary>
/// Renames that outlive a loss of power. A rename is an entry of the folder: before the folder is on the disk, the file
/// can be back under its old name, or gone.
/// </summary>
public static class DurableMove
{
    private const int Interrupted = 4;

    /// <summary>Renames a file within its folder, and waits until that is on the disk.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    public static void File(string from, string to, bool overwrite = false)
    {
#pragma warning disable RS0030 // This is what the others are to use.
        System.IO.File.Move(from, to, overwrite);
#pragma warning restore RS0030
        Sync(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>
    /// Renames a folder within its parent, and waits until the folder's entries and its name are on the disk.
    /// </summary>
    /// <exception cref="IOException">The file system refused.</exception>
    public static void Folder(string from, string to)
    {
        Sync(from);
#pragma warning disable RS0030
        Directory.Move(from, to);
#pragma warning restore RS0030
        Sync(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>
    /// Waits until the entries of a folder are on the disk. Windows writes them with the rename and opens no folder.
    /// </summary>
    /// <exception cref="IOException">The file system refused.</exception>
    internal static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (handle < 0)
            throw Failed(folder);
        try
        {
            while (Fsync(handle) != 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted)
                    throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failed(string folder) =>
        new(
            $"The folder '{folder}' could not be written to the disk: "
                + $"{new Win32Exception(Marshal.GetLastPInvokeError()).Message}."
        );

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
