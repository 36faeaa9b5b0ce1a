using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Recommendation.Deploy.Tests.Given;

/// <summary>
/// Runs the scripts beside these tests, which need packages of npm: they are installed from the
/// committed lock file, once.
/// </summary>
internal static class NodeScripts
{
    private static readonly Lazy<Task> s_installed = new(InstallAsync);

    internal static string Folder { get; } = Path.Combine(Repository.Root(), "tests", "Deploy");

    /// <exception cref="InvalidOperationException">Node.js is missing, the packages can't be had,
    /// or the script failed.</exception>
    internal static async Task<JsonNode> RunAsync(string script, params string[] arguments)
    {
        await s_installed.Value;
        return JsonNode.Parse(await StartAsync("node", [Path.Combine(Folder, script), .. arguments]))!;
    }

    private static async Task InstallAsync()
    {
        var wanted = Convert.ToHexStringLower(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json")))
        );
        var marker = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(marker) && await File.ReadAllTextAsync(marker) == wanted)
            return;
        await StartAsync(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        );
        await File.WriteAllTextAsync(marker, wanted);
    }

    private static async Task<string> StartAsync(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException(
                    $"'{program} {string.Join(' ', arguments)}' failed: {await errors} {await output}"
                );
        }
        catch (Win32Exception problem)
        {
            throw new InvalidOperationException(
                $"The template is checked by programs for Node.js, and '{program}' is not on the PATH: install "
                    + "Node.js 20 or later, with npm.",
                problem
            );
        }
    }
}
