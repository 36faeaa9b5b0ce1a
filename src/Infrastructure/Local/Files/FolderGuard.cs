using Recommendation.Application.Ports;

namespace Recommendation.Local.Files;

/// <summary>
/// Lets one caller at a time change some files, in this process or another. The operating system takes the lock back
/// when its process ends, however it ends.
/// </summary>
internal sealed class FolderGuard(string path, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Locks a file, made if it is missing; null where somebody else has it.</summary>
    internal static FileStream? TryLock(string path)
    {
        try
        {
            return PrivateFiles.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            return null;
        }
    }

    /// <param name="attempts">How often to try, 10 ms apart: what is done under a guard takes a few
    /// milliseconds.</param>
    /// <exception cref="StoreUnavailableException">Somebody else has it for too long.</exception>
    internal async Task<IDisposable> EnterAsync(CancellationToken cancellationToken, int attempts = 1000)
    {
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryLock(path) is { } file)
                return file;
            if (attempt == attempts)
                throw new StoreUnavailableException(
                    $"'{path}' is locked by another process for too long: wait for it or end it, then try again."
                );
            await Task.Delay(s_pause, time, cancellationToken);
        }
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, the sharing violation of Windows.</summary>
    private static bool IsLocked(IOException exception) =>
        exception.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
