using System.Diagnostics;
using System.Text.Json;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>The stub as this process sees it: its address, its settings, its counts.</summary>
internal sealed class StubProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();

    private StubProcess(Process process, Uri url) => (_process, Url) = (process, url);

    internal Uri Url { get; }

    internal static async Task<StubProcess> StartAsync(CancellationToken cancellationToken)
    {
        var start = OwnProcess.Of(new Dictionary<string, string>(StringComparer.Ordinal), "dynamo-stub");
        start.RedirectStandardInput = true;
        var process = Process.Start(start)!;
        var url =
            await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The stub did not start.");
        return new StubProcess(process, new Uri(url));
    }

    internal async Task ResetAsync(int latency, bool account, CancellationToken cancellationToken) =>
        await _client.GetStringAsync(
            new Uri(Url, FormattableString.Invariant($"/reset?latency={latency}&account={(account ? 1 : 0)}")),
            cancellationToken
        );

    /// <summary>Makes it a table in which so many users were active on a day.</summary>
    internal async Task ResetAsync(int latency, int users, DateOnly day, CancellationToken cancellationToken) =>
        await _client.GetStringAsync(
            new Uri(Url, FormattableString.Invariant($"/reset?latency={latency}&users={users}&day={day:yyyy-MM-dd}")),
            cancellationToken
        );

    internal async Task<Dictionary<string, double>> CountsAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<Dictionary<string, double>>(
            await _client.GetStringAsync(new Uri(Url, "/counts"), cancellationToken)
        )!;

    public void Dispose()
    {
        _client.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
