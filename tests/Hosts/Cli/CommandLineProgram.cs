using System.Diagnostics;

namespace Recommendation.Cli.Tests;

/// <summary>What a program said and how it ended.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors);

/// <summary>Runs the built programs as processes of their own, as a person would.</summary>
internal static class CommandLineProgram
{
    internal static Task<ProgramResult> RecommendAsync(params string[] arguments) => RunAsync("recommend", arguments);

    internal static Task<ProgramResult> RunAsync(string program, params string[] arguments) =>
        RunAsync(program, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    internal static async Task<ProgramResult> RunAsync(
        string program,
        IReadOnlyDictionary<string, string> environment,
        string[] arguments
    )
    {
        using var process = Start(program, environment, arguments);
        return await EndAsync(process, "");
    }

    /// <summary>
    /// Runs <c>recommend</c> on a terminal of its own (util-linux <c>script</c>), where somebody types the given text.
    /// </summary>
    internal static async Task<ProgramResult> OnTerminalAsync(
        string typed,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        string[] words = ["dotnet", Path.Combine(AppContext.BaseDirectory, "recommend.dll"), .. arguments];
        var command = string.Join(' ', words.Select(word => $"'{word}'"));
        using var process = Start(
            new ProcessStartInfo("script"),
            environment,
            ["--quiet", "--return", "--command", command, "/dev/null"]
        );
        return await EndAsync(process, typed);
    }

    internal static async Task<ProgramResult> BashAsync(string command)
    {
        using var process = Start(
            new ProcessStartInfo("bash"),
            new Dictionary<string, string>(StringComparer.Ordinal),
            ["-c", command]
        );
        return await EndAsync(process, "");
    }

    private static async Task<ProgramResult> EndAsync(Process process, string typed)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(typed);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ProgramResult(process.ExitCode, await output, await errors);
    }

    internal static Process Start(string program, params string[] arguments) =>
        Start(program, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    private static Process Start(string program, IReadOnlyDictionary<string, string> environment, string[] arguments) =>
        Start(
            new ProcessStartInfo("dotnet"),
            environment,
            [Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments]
        );

    private static Process Start(
        ProcessStartInfo start,
        IReadOnlyDictionary<string, string> environment,
        string[] arguments
    )
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetTempPath();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }
}
