using System.Diagnostics;

namespace Recommendation.Deploy.Functions;

/// <summary>
/// The published functions: <c>artifacts/functions/{name}</c>, built by <c>build/functions.sh</c>
/// where they are missing.
/// </summary>
/// <param name="folder">The folder that holds one for each function.</param>
internal sealed class FunctionAssets(string folder)
{
    internal const string StreamProcessor = "stream-processor";
    internal const string BatchProcessor = "batch-processor";
    internal const string AdminApi = "admin-api";

    private static readonly string[] s_all = [StreamProcessor, BatchProcessor, AdminApi];

    internal string FolderOf(string function) => Path.Combine(folder, function);

    /// <summary>Builds what is missing.</summary>
    /// <param name="script">The script that builds all of them.</param>
    /// <exception cref="InvalidOperationException">The script failed, or did not leave a function.</exception>
    internal void BuildMissing(string script)
    {
        if (Missing() is null)
            return;
        Console.Error.WriteLine($"Building the functions with {script}: this takes a few minutes, once.");
        using var process = Process.Start(
            new ProcessStartInfo("bash", [script]) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        // What the script says is no part of what synth prints.
        process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.WaitForExit();
        if (process.ExitCode != 0 || Missing() is not null)
            throw new InvalidOperationException(
                $"{script} ended with {process.ExitCode} and {Missing() ?? "nothing"} is missing; run it by hand to "
                    + "see why."
            );
    }

    private string? Missing() =>
        s_all.Select(name => Path.Combine(FolderOf(name), "bootstrap")).FirstOrDefault(file => !File.Exists(file));
}
