using System.Diagnostics;

namespace Recommendation.Architecture.Tests.Documents;

/// <summary>Runs the real <c>.ci/run</c> with a stand-in for <c>dotnet</c> that leaves results behind.</summary>
public sealed class GateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GateTests() => _folder.Write(".ci/run", File.ReadAllText(Path.Combine(Product.Root, ".ci", "run")));

    [Fact]
    public async Task The_last_line_adds_up_all_test_projects()
    {
        var (code, last) = await RunAsync(
            Results("A", total: 5, passed: 4, failed: 0),
            Results("B", total: 3, passed: 3, failed: 0)
        );
        Assert.Equal((0, "Tests: 7 passed, 0 failed, 1 skipped"), (code, last));
    }

    [Fact]
    public async Task A_failed_test_fails_the_gate()
    {
        var (code, last) = await RunAsync(Results("A", total: 2, passed: 1, failed: 1), "exit 1");
        Assert.Equal((1, "Tests: 1 passed, 1 failed, 0 skipped"), (code, last));
    }

    [Fact]
    public async Task A_failed_test_fails_the_gate_even_if_the_runner_says_nothing()
    {
        var (code, last) = await RunAsync(Results("A", total: 2, passed: 1, failed: 1));
        Assert.Equal((1, "Tests: 1 passed, 1 failed, 0 skipped"), (code, last));
    }

    [Fact]
    public async Task A_crashed_runner_fails_the_gate_although_no_test_failed()
    {
        var (code, last) = await RunAsync(Results("A", total: 2, passed: 2, failed: 0), "exit 134");
        Assert.Equal((134, "Tests: 2 passed, 0 failed, 0 skipped"), (code, last));
    }

    [Fact]
    public async Task No_tests_fail_the_gate()
    {
        // Results of an earlier run are not counted.
        _folder.Write("tests/Old/TestResults/ci.trx", "<Counters total=\"9\" passed=\"9\" failed=\"0\" />");
        var (code, last) = await RunAsync();
        Assert.Equal((1, "Tests: 0 passed, 0 failed, 0 skipped"), (code, last));
    }

    [Fact]
    public async Task Bad_formatting_fails_the_gate_after_the_tests_ran()
    {
        _folder.Write("format", "");
        var (code, last) = await RunAsync(Results("A", total: 1, passed: 1, failed: 0));
        Assert.Equal((1, "Tests: 1 passed, 0 failed, 0 skipped"), (code, last));
    }

    public void Dispose() => _folder.Dispose();

    private static string Results(string project, int total, int passed, int failed) =>
        $"""
            mkdir -p tests/{project}/TestResults
            echo '<Counters total="{total}" executed="{passed
                + failed}" passed="{passed}" failed="{failed}" error="0" timeout="0" aborted="0" />' > tests/{project}/TestResults/ci.trx
            """;

    private async Task<(int Code, string Last)> RunAsync(params string[] whenTesting)
    {
        _folder.Write(
            "bin/dotnet",
            "#!/bin/sh\nif [ \"$1\" = format ] && [ -e format ]; then exit 2; fi\nif [ \"$1\" != test ]; then exit "
                + $"0; fi\n{string.Join('\n', whenTesting)}\n"
        );
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("chmod +x \"$0/bin/dotnet\" && PATH=\"$0/bin:$PATH\" bash \"$0/.ci/run\"");
        start.ArgumentList.Add(_folder.Path);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output.TrimEnd('\n').Split('\n')[^1]);
    }
}
