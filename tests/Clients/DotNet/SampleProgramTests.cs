using System.Diagnostics;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

[Collection(ServeProcess.Tests)]
public sealed class SampleProgramTests
{
    private const int Attempts = 5;

    [Fact]
    public void The_program_of_the_READMEs_is_the_one_that_runs_and_is_short()
    {
        var root = BuiltProgram.Root;
        var program = File.ReadAllText(Path.Combine(root, "samples", "ClientProgram", "Program.cs"));
        Assert.InRange(program.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 15);
        foreach (var folder in (string[])[root, Path.Combine(root, "src", "Clients", "Recommendation.Client")])
        {
            var readme = File.ReadAllText(Path.Combine(folder, "README.md"));
            Assert.Contains($"```csharp\n{program}```", readme, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_program_sends_an_event_and_prints_a_list()
    {
        await using var server = await ServeProcess.StartAsync();
        // On a machine that is busy the server answers with an empty list rather than late.
        var output = "";
        for (var attempt = 0; attempt < Attempts && output.Length == 0; attempt++)
            output = await RunAsync(server.Address);
        Assert.Equal($"bob may like tea{Environment.NewLine}", output);
    }

    private static async Task<string> RunAsync(Uri server)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            ArgumentList = { BuiltProgram.Path("ClientProgram", "ClientProgram"), $"{server}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(("", 0), (await errors, process.ExitCode));
        return output;
    }
}
