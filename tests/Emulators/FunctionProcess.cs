using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Recommendation.Emulators;

/// <summary>A function's own process on a Runtime API of a test's.</summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly RuntimeApi _api;
    private readonly ConcurrentQueue<string> _lines = new();

    private FunctionProcess(Process process, RuntimeApi api) => (_process, _api) = (process, api);

    /// <summary>What it wrote, its errors included.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public Task Exited => _process.WaitForExitAsync();

    /// <summary>Of an ended process.</summary>
    public int ExitCode => _process.ExitCode;

    /// <param name="executable">The function.</param>
    /// <param name="api">Where it gets its invocations.</param>
    /// <param name="environment">Its settings, beside what Lambda sets.</param>
    /// <param name="arguments">Of an executable that is a runtime.</param>
    public static FunctionProcess Start(
        string executable,
        RuntimeApi api,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        ArgumentNullException.ThrowIfNull(api);
        var start = new ProcessStartInfo(executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Address;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = "test";
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        foreach (var (name, value) in environment ?? throw new ArgumentNullException(nameof(environment)))
            start.Environment[name] = value;
        var function = new FunctionProcess(new Process { StartInfo = start }, api);
        function._process.OutputDataReceived += (_, line) => function.Take(line.Data);
        function._process.ErrorDataReceived += (_, line) => function.Take(line.Data);
        function._process.Start();
        function._process.BeginOutputReadLine();
        function._process.BeginErrorReadLine();
        return function;
    }

    /// <exception cref="DiedException">The process ended before it answered.</exception>
    public Task<InvocationOutcome> InvokeAsync(ReadOnlyMemory<byte> call) => InvokeAsync(call, traceId: null);

    /// <inheritdoc cref="InvokeAsync(ReadOnlyMemory{byte})"/>
    public async Task<InvocationOutcome> InvokeAsync(ReadOnlyMemory<byte> call, string? traceId)
    {
        var answer = _api.InvokeAsync(call, traceId: traceId);
        if (await Task.WhenAny(answer, Exited) != answer && !answer.IsCompleted)
            throw new DiedException(string.Join('\n', _lines));
        return await answer;
    }

    /// <summary>Ends it at once, as a host that fails does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to end, as Lambda does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await Exited;
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
            _lines.Enqueue(line);
    }
}
