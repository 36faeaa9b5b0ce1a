using Recommendation.Emulators;

namespace Recommendation.Integration.Tests.Given;

/// <summary>A function whose process is started anew when it has died, as Lambda does it.</summary>
internal sealed class Supervised(string bootstrap, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private RuntimeApi? _api;
    private FunctionProcess? _process;

    internal int Starts { get; private set; }

    internal IReadOnlyList<string> Lines => _process?.Lines ?? [];

    internal async Task<InvocationOutcome> InvokeAsync(ReadOnlyMemory<byte> call)
    {
        if (_process is null)
        {
            Starts++;
            _api = await RuntimeApi.StartAsync();
            _process = FunctionProcess.Start(bootstrap, _api, settings);
        }
        try
        {
            return await _process.InvokeAsync(call);
        }
        catch (DiedException)
        {
            await DisposeAsync();
            throw;
        }
    }

    internal void Kill() => _process?.Kill();

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
            await process.DisposeAsync();
        if (_api is { } api)
            await api.DisposeAsync();
        (_process, _api) = (null, null);
    }
}
