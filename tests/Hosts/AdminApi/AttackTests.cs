using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// Requests and connections that are made to use up memory or sockets, and what every answer carries.
/// </summary>
public sealed class AttackTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Fact]
    public async Task Bodies_of_a_million_elements_are_refused_before_they_are_decoded()
    {
        var zeros = $"[{string.Join(',', Enumerable.Repeat("0", 1_000_000))}]";

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Api.PostAsync("/v1/interactions", zeros)));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.All(answers, answer => answer.ExpectProblem(HttpStatusCode.BadRequest, "invalid"));
        Assert.Contains("the body holds more", answers[0].Body, StringComparison.Ordinal);
        // Also what other tests allocate meanwhile; decoded whole, each body takes some hundred megabytes.
        Assert.InRange(allocated, 0, 1L << 30);
    }

    [Fact]
    public async Task Large_bodies_are_let_in_a_few_at_a_time_and_refused_when_many_wait()
    {
        var (inside, most) = (0, 0);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var limits = new BodyLimits(
            async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await release.Task;
                Interlocked.Decrement(ref inside);
            },
            new AdminApiOptions());

        var large = Enumerable.Range(0, 100).Select(_ => limits.InvokeAsync(Request(2 * 1024 * 1024))).ToList();
        var small = limits.InvokeAsync(Request(1_000));
        Assert.Equal(9, inside); // Eight large ones, and the small one, which is not counted.
        var refused = large.Where(one => one.IsFaulted).ToList();
        Assert.NotEmpty(refused);
        foreach (var one in refused)
            Assert.Equal((503, 1), await StatusOf(one));

        release.SetResult();
        await Task.WhenAll(large.Except(refused));
        await small;
        Assert.Equal(9, most);
    }

    [Theory]
    [InlineData("application/json;charset=bogus", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json;charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json;charset=\"\"", null)]
    [InlineData("application/json;charset=UTF-8", null)]
    [InlineData("application/json;charset=\"utf-8\"", null)]
    public async Task A_body_is_read_as_UTF8_or_refused(string mediaType, HttpStatusCode? refused)
    {
        foreach (
            var (method, path) in new[]
            {
                ("POST", "/v1/interactions"),
                ("PUT", "/v1/items"),
                ("POST", "/v1/users/u1/what-if"),
                ("POST", "/v1/quarantine/redrive"),
            }
        )
        {
            var answer = await RawRequest.SendAsync(Api.Address, method, path, "[]", mediaType);
            Assert.InRange((int)answer.Status, 200, 499);
            if (refused is { } status)
                answer.ExpectProblem(status, "wrong-charset");
            else
                Assert.NotEqual(HttpStatusCode.UnsupportedMediaType, answer.Status);
        }
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFF")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_chunk_of_no_valid_size_is_the_callers_mistake(string size)
    {
        foreach (var (method, path) in new[] { ("POST", "/v1/interactions"), ("PUT", "/v1/items") })
        {
            foreach (var idempotency in new[] { "", "Idempotency-Key: " + Guid.NewGuid().ToString("N") + "\r\n" })
            {
                var status = await StatusOfAsync(
                    $"{method} {path} HTTP/1.1\r\nHost: {Api.Address.Authority}\r\n{idempotency}Content-Type: "
                        + "application/json\r\n"
                    + $"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\n[]\r\n0\r\n\r\n");
                Assert.InRange(status, 400, 499);
            }
        }
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/")]
    [InlineData("/v1/overview")]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/users/nobody")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_says_that_its_type_must_not_be_guessed_and_that_it_is_for_this_origin(string path)
    {
        var answer = await Api.GetAsync(path);

        Assert.Equal(
            ("nosniff", "same-origin"),
            (answer.Headers["X-Content-Type-Options"], answer.Headers["Cross-Origin-Resource-Policy"])
        );
    }

    [Fact]
    public async Task Idle_connections_give_way_to_new_ones_and_a_request_being_done_does_not()
    {
        await using var api = await RunningApi.StartAsync(options => options.MaximumConnections = 20);
        using var busy = await ConnectAsync(api);
        var body = """{"userId":"busy","itemId":"i1"}""";
        await WriteAsync(
            busy,
            $"POST /v1/interactions HTTP/1.1\r\nHost: {api.Address.Authority}\r\nContent-Type: application/json\r\n"
                + $"Expect: 100-continue\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 100", await ReadSomeAsync(busy), StringComparison.Ordinal);

        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                idle.Add(await ConnectAsync(api));
                if (i % 2 == 0)
                    await WriteAsync(idle[^1], "GET /healthz HTTP/1.1\r\nX-Slow: ");
            }
            for (var i = 0; i < 3; i++)
                (await RawRequest.SendAsync(api.Address, "GET", "/healthz", body: null)).Expect(HttpStatusCode.OK);
            Assert.InRange(api.Services.GetRequiredService<ConnectionLimit>().Open, 1, 40);

            await WriteAsync(busy, body);
            Assert.StartsWith("HTTP/1.1 200", await ReadSomeAsync(busy), StringComparison.Ordinal);
        }
        finally
        {
            idle.ForEach(one => one.Dispose());
        }
    }

    [Fact]
    public void The_number_of_connections_leaves_file_handles_for_the_rest() =>
        Assert.InRange(ConnectionLimit.Default(), 16, 1_024);

    private static DefaultHttpContext Request(long length)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentLength = length;
        return context;
    }

    private static async Task<(int Status, int? RetryAfter)> StatusOf(Task refused)
    {
        var problem = await Assert.ThrowsAsync<ApiProblem>(() => refused);
        return (problem.Status, problem.RetryAfterSeconds);
    }

    private async Task<int> StatusOfAsync(string request)
    {
        using var client = await ConnectAsync(Api);
        await WriteAsync(client, request);
        return int.Parse(
            (await ReadSomeAsync(client)).Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private static async Task<TcpClient> ConnectAsync(RunningApi api)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, api.Address.Port);
        return client;
    }

    private static Task WriteAsync(TcpClient client, string text) =>
        client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    private static async Task<string> ReadSomeAsync(TcpClient client)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, late.Token));
    }
}
