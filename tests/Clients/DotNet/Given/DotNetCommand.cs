using System.Diagnostics;
using System.Reflection;

namespace Recommendation.Clients.Tests.DotNet.Given;

/// <summary>The <c>dotnet</c> command and other programs.</summary>
internal static class DotNetCommand
{
    internal static string Configuration =>
        typeof(DotNetCommand).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    internal static Task<string> RunAsync(string folder, params string[] arguments) =>
        ProgramAsync("dotnet", folder, arguments);

    /// <returns>What it wrote; it must end with 0.</returns>
    internal static async Task<string> ProgramAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]}: {output}{await errors}");
        return output;
    }
}
