using System.Diagnostics;
using Microsoft.Playwright;
using Recommendation.Emulators;

namespace Recommendation.Dashboard.Tests.Browsers;

/// <summary>
/// Finds a Chromium: one on the system; else one that Playwright downloads; else Debian's package. Where none of it
/// works the tests fail and say what to do, for a test that is skipped proves nothing.
/// </summary>
internal static class ChromiumProgram
{
    private static readonly string[] s_install = ["install", "-y", "-q", "chromium"];
    private static readonly string[] s_names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];

    /// <returns>Its path; null for the one that Playwright installed itself.</returns>
    /// <exception cref="InvalidOperationException">There is none, and none can be had.</exception>
    internal static async Task<string?> FindOrInstallAsync(IPlaywright playwright)
    {
        // Two installations at a time end with an error, and a half installed one can't be told from a whole one.
        await using var turn = await Turn.TakeAsync("chromium");
        if (OnPath() is { } there)
            return there;
        if (File.Exists(playwright.Chromium.ExecutablePath))
            return null;
        // Its own program, in this process: it ends with the number of an exit code.
        if (await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"])) == 0)
            return null;
        var problem = await InstallPackageAsync();
        return problem is null
            ? OnPath() ?? throw Missing("the package was installed, but there is no such program.")
            : throw Missing(problem);
    }

    private static InvalidOperationException Missing(string problem) =>
        new(
            "The dashboard's tests need a Chromium: install one ('apt-get install chromium' as root, or 'npx "
                + $"playwright install chromium'). {problem}"
        );

    private static string? OnPath() =>
        (
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries
            )
            from name in s_names
            let file = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)
            where File.Exists(file)
            select file
        ).FirstOrDefault();

    /// <returns>What went wrong; null where nothing did.</returns>
    private static async Task<string?> InstallPackageAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/apt-get"))
            return "Playwright could not download one, and this is no Debian.";
        if (!string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
            return "Playwright could not download one, and only root may install Debian's.";
        if (await AptAsync(s_install) is null)
            return null;
        // The lists of packages may be missing or too old.
        return await AptAsync(["update", "-q"]) ?? await AptAsync(s_install);
    }

    private static async Task<string?> AptAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("apt-get", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await output;
        return process.ExitCode == 0
            ? null
            : $"'apt-get {string.Join(' ', arguments)}' ended with {process.ExitCode}: {await errors}";
    }
}
