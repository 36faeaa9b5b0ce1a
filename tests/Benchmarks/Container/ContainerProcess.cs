using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Recommendation.Benchmarks.Container;

/// <summary>The model server as a process of its own, as SageMaker runs it.</summary>
internal sealed partial class ContainerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ContainerProcess(Process process, Uri url) => (_process, Url) = (process, url);

    internal Uri Url { get; }

    /// <summary>The most memory that the server has held, in bytes.</summary>
    internal long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    internal TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    internal static async Task<int> TrainAsync(string root, CancellationToken cancellationToken)
    {
        using var process = Start("train", "--root", root);
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Starts it, and waits until the model is served.</summary>
    internal static async Task<ContainerProcess> ServeAsync(string root, CancellationToken cancellationToken)
    {
        var process = Start("serve", "--root", root, "--address", "127.0.0.1", "--port", "0");
        Uri? url = null;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } listening)
                url = new Uri(listening.Value);
            if (line.Contains("Serving model", StringComparison.Ordinal))
                return new ContainerProcess(process, url!);
        }
        throw new InvalidOperationException("The model server ended before it served.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Recommendation.ModelServer.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The model server did not start.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Listening();
}
