using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Recommendation.ModelServer.Tests;

/// <summary>The built host as a process of its own, told and ended as SageMaker does it.</summary>
internal sealed partial class ContainerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ContainerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>
    /// Sends a body for which the server is to be asked first only once the server has begun with the request.
    /// </summary>
    internal HttpClient Http { get; } =
        new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(60) });

    internal Uri? Url { get; private set; }

    internal int Id => _process.Id;

    internal static ContainerProcess Start(string verb, ContainerFolder folder, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in (string[])
                [
                    Path.Combine(AppContext.BaseDirectory, "Recommendation.ModelServer.dll"),
                    verb,
                    "--root",
                    folder.Path,
                    .. options,
                ]
        )
            start.ArgumentList.Add(argument);
        return new ContainerProcess(Process.Start(start)!);
    }

    /// <summary>Serves, and waits until the model is loaded.</summary>
    internal static async Task<ContainerProcess> ServeAsync(ContainerFolder folder)
    {
        var server = Start("serve", folder, "--address", "127.0.0.1", "--port", "0");
        await server.UntilAsync("Serving model");
        server.Http.BaseAddress = server.Url;
        return server;
    }

    internal static async Task<(int ExitCode, string Output, string Errors)> TrainAsync(ContainerFolder folder)
    {
        await using var training = Start("train", folder);
        var output = await training._process.StandardOutput.ReadToEndAsync();
        return (await training.EndAsync(), output, await training._errors);
    }

    /// <summary>Reads the output up to a line that holds the text.</summary>
    internal async Task UntilAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } listening)
                Url = new Uri(listening.Value);
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }
        throw new InvalidOperationException($"The process ended without saying '{text}'. {await _errors}");
    }

    internal async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    internal async Task<int> EndAsync()
    {
        await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Listening();
}
