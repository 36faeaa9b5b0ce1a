using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Local;

namespace Recommendation.Clients.Tests.DotNet.Given;

/// <summary><c>recommend serve</c> as a process of its own, on a data folder of its own, at one address.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    /// <summary>The collection of tests that start servers: one after the other.</summary>
    internal const string Tests = "recommend serve";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recommendation-client-");
    private readonly int _port = FreePort();
    private Process? _process;

    internal Uri Address => new(Url);

    private string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    internal string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>A folder beside the data.</summary>
    internal string Spill => Path.Combine(_folder.FullName, "spill");

    internal static async Task<ServeProcess> StartAsync()
    {
        var server = new ServeProcess();
        await server.RestartAsync();
        return server;
    }

    internal async Task RestartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])
            [BuiltProgram.Path("Recommendation.Cli", "recommend"), "serve", "--data", Data, "--urls", Url])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        var errors = new StringBuilder();
        _process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = Address };
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("readyz", UriKind.Relative));
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                Assert.False(_process.HasExited, $"The server ended: {errors}");
            }
            await Task.Delay(50);
        }
        Assert.Fail("The server did not get ready.");
    }

    /// <summary>Ends it without warning.</summary>
    internal async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>The events of the log as item ids, in the log's order. The server must not run.</summary>
    internal async Task<IReadOnlyList<string>> LoggedItemsAsync()
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(Data);
        await using var provider = services.BuildServiceProvider();
        var items = new List<string>();
        var log = provider.GetRequiredService<IInteractionLog>();
        await foreach (var one in log.ReadAsync(null, CancellationToken.None))
            items.Add(one.ItemId.Value);
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
