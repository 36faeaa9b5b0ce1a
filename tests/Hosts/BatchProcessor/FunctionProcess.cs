using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Recommendation.Emulators;

namespace Recommendation.BatchProcessor.Tests;

/// <summary>
/// The built function as a process of its own, and the Runtime API that gives it its invocations one after the other.
/// </summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly Queue<string> _invocations;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly Process _process = new();
    private FaultProxy? _runtime;

    private FunctionProcess(IEnumerable<string> invocations) => _invocations = new Queue<string>(invocations);

    internal static async Task<FunctionProcess> StartAsync(BatchWorld world, params string[] invocations)
    {
        var function = new FunctionProcess(invocations);
        function._runtime = await FaultProxy.StartAsync(function.Answer);
        var start = function._process.StartInfo;
        (start.FileName, start.UseShellExecute, start.RedirectStandardOutput) = ("dotnet", false, true);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Recommendation.BatchProcessor.dll"));
        foreach (var (name, value) in await world.EnvironmentAsync())
            start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = function._runtime.Url.Authority;
        function._process.Start();
        function._process.BeginOutputReadLine(); // or it would wait for somebody to read its log
        return function;
    }

    /// <summary>The next answer; a failure of the function is one, too.</summary>
    internal async Task<JsonElement> AnswerAsync() =>
        JsonElement.Parse(await _answers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1)));

    /// <summary>Ends it as a crash does, in the middle of whatever it does.</summary>
    internal void Kill() => _process.Kill();

    internal Task EndedAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _runtime!.DisposeAsync();
    }

    private StubAnswer Answer(StubRequest request)
    {
        if (!request.Target.EndsWith("/next", StringComparison.Ordinal))
        {
            _answers.Writer.TryWrite(request.Text);
            return StubAnswer.Of(202, "");
        }
        if (!_invocations.TryDequeue(out var input))
            return StubAnswer.Silence;
        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(15).ToUnixTimeMilliseconds();
        return StubAnswer.Of(200, input, "application/json",
            ("Lambda-Runtime-Aws-Request-Id", Guid.NewGuid().ToString()),
            ("Lambda-Runtime-Deadline-Ms", deadline.ToString(CultureInfo.InvariantCulture)),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:batch-processor"));
    }
}
