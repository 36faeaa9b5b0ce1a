using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Recommendation.Emulators;

/// <summary>Installs the packages of a committed lock file, once, whichever test run comes first.</summary>
public static class NodePackages
{
    /// <summary>What npm is called here.</summary>
    public static string Npm { get; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <param name="folder">Where <c>package.json</c> and <c>package-lock.json</c> are.</param>
    /// <exception cref="InvalidOperationException">Node.js is missing, or the packages can't be had.</exception>
    public static async Task InstallAsync(string folder)
    {
        var wanted = Convert.ToHexStringLower(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json")))
        );
        // npm does not like company in a folder.
        await using var turn = await Turn.TakeAsync($"packages-{wanted[..16]}");
        var installed = Path.Combine(folder, "node_modules", ".installed");
        if (
            File.Exists(installed)
            && string.Equals(await File.ReadAllTextAsync(installed), wanted, StringComparison.Ordinal)
        )
        {
            await RunAsync(folder, "node", "--version");
            return;
        }
        await RunAsync(folder, Npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        await File.WriteAllTextAsync(installed, wanted);
    }

    /// <summary>Runs a program to its end in a folder.</summary>
    /// <exception cref="InvalidOperationException">It is missing, or ended with an error.</exception>
    public static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException(
                    $"'{program} {string.Join(' ', arguments)}' in {folder} failed: {await errors} {await output}"
                );
        }
        catch (Win32Exception problem)
        {
            throw new InvalidOperationException(
                $"Some tests need programs written for Node.js, and '{program}' is not on the PATH: install Node.js "
                    + "20 or later, with npm.",
                problem
            );
        }
    }
}
