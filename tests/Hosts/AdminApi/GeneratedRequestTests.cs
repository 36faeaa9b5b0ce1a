using System.Net;
using System.Net.Sockets;
using System.Text;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Fuzzing;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// Requests that are generated from the OpenAPI document, valid and not. `Recommendation.Benchmarks fuzz`
/// sends more of them.
/// </summary>
public sealed class GeneratedRequestTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Requests = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_answer_is_what_was_asked_or_says_what_is_wrong(int seed)
    {
        var run = await FuzzRun.OfAsync(shop.Api.Client, shop.Api.Address, seed, shop.Api.Folder);
        await run.SendAsync(Requests, CancellationToken.None);
        Assert.True(
            run.Faults.Count == 0,
            $"{run.Faults.Count} faults, the first ones:\n{string.Join("\n\n", run.Faults.Take(5))}"
        );
        Assert.True(run.Statuses.GetValueOrDefault(200) > Requests / 5, string.Join(", ", run.Statuses));
        Assert.True(run.Statuses.GetValueOrDefault(400) > Requests / 20, string.Join(", ", run.Statuses));
        Assert.True(run.Asked.Values.Min() >= Requests / run.Asked.Count, string.Join(", ", run.Asked));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\n\r\n", "the status is 500")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "not problem details")]
    [InlineData(
        "HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\n\r\n{\"status\":400}",
        "not problem details"
    )]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n   at Program.Main()", "the answer holds '   at '")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nin /data/secret", "the answer holds '/data/secret'")]
    [InlineData("", "there is no answer")]
    public async Task A_wrong_answer_is_seen(string answer, string fault)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var run = new FuzzRun(
            [new FuzzOperation("get", "GET", "/", [], Body: null)],
            new Uri($"http://{server.LocalEndpoint}"),
            seed: 3,
            ["/data/secret"]
        );
        var sending = run.SendAsync(1, CancellationToken.None);
        using (var client = await server.AcceptTcpClientAsync())
        {
            await using var stream = client.GetStream();
            var request = new byte[4_096];
            Assert.InRange(await stream.ReadAsync(request), 1, request.Length);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
        await sending;
        Assert.Contains(run.Faults, one => one.Contains(fault, StringComparison.Ordinal));
    }
}
