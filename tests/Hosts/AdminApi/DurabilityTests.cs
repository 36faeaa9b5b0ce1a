using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>What was acknowledged is there after the process was killed, and counts once.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task Everything_acknowledged_is_there_after_kill_9_and_counts_once()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = 0;
        for (var kill = 0; kill < 3; kill++)
        {
            var port = FreePort();
            using var server = Start(folder.Path, port);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await ReadyAsync(client);
            // Posts until the server is killed in the middle of them.
            var posting = Enumerable
                .Range(0, 4)
                .Select(_ => PostUntilGoneAsync(client, () => Interlocked.Increment(ref acknowledged)))
                .ToArray();
            var target = Volatile.Read(ref acknowledged) + 40;
            while (Volatile.Read(ref acknowledged) < target)
                await Task.Delay(1);
            server.Kill();
            await server.WaitForExitAsync();
            await Task.WhenAll(posting);
        }
        await using var api = await RunningApi.StartAsync(folder: folder.Path);
        await api.SendAsync(new Application.Profiles.CatchUpProfiles("local"));
        var counted = (await api.GetAsync("/v1/users/ann")).Expect(HttpStatusCode.OK).Json[
            "interactionCount"
        ]!.GetValue<int>();
        var logged = (await api.GetAsync("/v1/users/ann/export")).Json["interactions"]!.AsArray().Count;
        // At most one request a connection and kill was done without its answer arriving.
        Assert.InRange(counted, acknowledged, acknowledged + (3 * 4));
        Assert.Equal(logged, counted);
    }

    private static async Task PostUntilGoneAsync(HttpClient client, Action acknowledged)
    {
        try
        {
            while (true)
            {
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"userId":"ann","itemId":"i1"}"""));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var response = await client.PostAsync(new Uri("/v1/interactions", UriKind.Relative), content);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                acknowledged();
            }
        }
        catch (HttpRequestException)
        {
            return; // The server is gone.
        }
    }

    private static Process Start(string folder, int port)
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
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
        Assert.Fail("The server did not get ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
