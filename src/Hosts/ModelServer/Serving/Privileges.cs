using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Recommendation.ModelServer.Serving;

/// <summary>
/// Gives up the rights of root before the first request. The image starts as root since a training has to write where
/// SageMaker mounts folders of root; whoever answers requests needs no more than to read the model.
/// </summary>
internal static class Privileges
{
    // The user and the group `app` of the .NET images.
    internal const uint App = 1654;

    /// <param name="model">The folder that has to stay readable.</param>
    /// <returns>Why the process goes on as root; null if it does not.</returns>
    internal static string? GiveUp(string model)
    {
        if (OperatingSystem.IsWindows() || GetEffectiveUser() != 0)
            return null;
        if (Unreadable(model) is { } unreadable)
            return $"The server goes on as root, since '{unreadable}' is readable by its owner only.";
        // The groups first: without root they could not be given up any more.
        return SetGroups(0, 0) == 0 && SetGroup(App) == 0 && SetUser(App) == 0
            ? null : $"The server goes on as root: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.";
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string? Unreadable(string model)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(model)); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return folder.FullName;
        }
        return !Directory.Exists(model) ? null : Directory.EnumerateFiles(model).Append(model)
            .FirstOrDefault(path => !File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead));
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUser();

    [DllImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetGroups(nuint count, nint groups);

    [DllImport("libc", EntryPoint = "setgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetGroup(uint group);

    [DllImport("libc", EntryPoint = "setuid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUser(uint user);
}
