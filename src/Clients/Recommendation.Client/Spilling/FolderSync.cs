using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Recommendation.Client.Spilling;

/// <summary>Writes the entries of a folder to the disk; before that, a loss of power can undo a new file.</summary>
internal static class FolderSync
{
    private const int Interrupted = 4;

    /// <exception cref="IOException">The file system refused.</exception>
    internal static void Flush(string folder)
    {
        // Windows writes the entry with the file, and opens no folder.
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

    private static IOException Failed(string folder) => new(
        $"The folder '{folder}' could not be written to the disk: "
            + $"{new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");

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
