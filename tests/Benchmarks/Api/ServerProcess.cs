using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Recommendation.Benchmarks.Api;

/// <summary>The API in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private readonly string _folder;

    private ServerProcess(Process process, string folder, int port) =>
        (_process, _folder, Port) = (process, folder, port);

    internal int Port { get; }

    /// <summary>Memory in use, in MB.</summary>
    internal double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Processor time so far.</summary>
    internal TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    internal static Task<ServerProcess> StartAsync(string folder, CancellationToken cancellationToken) =>
        StartAsync(folder, FreePort(), cancellationToken);

    /// <summary>Starts it again after it was killed: the same data at the same address.</summary>
    internal async Task<ServerProcess> RestartAsync(CancellationToken cancellationToken)
    {
        var server = await StartAsync(_folder, Port, cancellationToken);
        _process.Dispose();
        return server;
    }

    private static async Task<ServerProcess> StartAsync(string folder, int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Recommendation.AdminApi.dll"));
        start.Environment["DATA_FOLDER"] = folder;
        start.Environment["URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new ServerProcess(process, folder, port);
        await server.ReadyAsync(cancellationToken);
        return server;
    }

    /// <summary>Sends whole requests, one after the other.</summary>
    internal async Task PostAsync(IEnumerable<byte[]> requests, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        foreach (var request in requests)
        {
            var text = Encoding.ASCII.GetString(request);
            using var content = new StringContent(
                text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..],
                Encoding.UTF8
            );
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.PostAsync(
                new Uri($"http://127.0.0.1:{Port}/v1/interactions"),
                content,
                cancellationToken
            );
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Ends it without warning: nothing is flushed, nothing is closed.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var response = await client.GetAsync(
                    new Uri($"http://127.0.0.1:{Port}/readyz"),
                    cancellationToken
                );
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
        throw new InvalidOperationException("The server did not get ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
