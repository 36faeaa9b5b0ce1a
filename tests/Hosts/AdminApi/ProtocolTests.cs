using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

/// <summary>
/// What HTTP asks of a server: HEAD, compression both ways, and problem details for whatever goes wrong.
/// </summary>
public sealed class ProtocolTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/v1/overview")]
    [InlineData("/v1/users/u1")]
    [InlineData("/v1/users/u2/recommendations?n=3")]
    [InlineData("/v1/items/popular")]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/users/nobody")]
    public async Task Head_answers_as_get_does_without_a_body(string path)
    {
        var whole = await Api.GetAsync(path);
        var head = await Api.SendAsync(HttpMethod.Head, path, json: null);
        head.Expect(whole.Status);
        Assert.Equal("", head.Body);
        Assert.Equal(whole.MediaType, head.MediaType);
        if (path.StartsWith("/v1/users/u", StringComparison.Ordinal))
            Assert.Equal(
                Encoding.UTF8.GetByteCount(whole.Body),
                int.Parse(head.Headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)
            );
        // The connection is good for the next request.
        (await Api.GetAsync("/healthz")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Head_where_there_is_only_post_is_refused() =>
        (await Api.SendAsync(HttpMethod.Head, "/v1/interactions", json: null)).Expect(HttpStatusCode.MethodNotAllowed);

    [Theory]
    [InlineData("GET /v1/users/a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "invalid")]
    [InlineData("GET /v1/users/{long} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "too-large")]
    [InlineData("GET /v1/overview HTTP/1.1\r\nHost: localhost\r\nX-Long: {longer}\r\n\r\n", 431, "too-large")]
    [InlineData("GET /v1/overview HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "invalid")]
    [InlineData("GET /v1/overview HTTP/9.1\r\nHost: localhost\r\n\r\n", 505, "failed")]
    [InlineData("POST /v1/interactions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", 400, "invalid")]
    public async Task What_the_server_itself_refuses_has_problem_details(string request, int status, string code)
    {
        var text = request
            .Replace("{longer}", new string('x', 40_000), StringComparison.Ordinal)
            .Replace("{long}", new string('x', 9_000), StringComparison.Ordinal);
        var answer = await SendAsync(text);
        answer.ExpectProblem((HttpStatusCode)status, code);
        Assert.Equal(
            Encoding.UTF8.GetByteCount(answer.Body),
            int.Parse(answer.Headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task A_body_that_stops_arriving_is_a_408()
    {
        var answer = await SendAsync(
            "POST /v1/interactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + "100\r\n\r\n["
        );
        answer.ExpectProblem(HttpStatusCode.RequestTimeout, "too-slow");
        answer = await SendAsync(
            "PUT /v1/items HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + "100\r\n\r\n["
        );
        answer.ExpectProblem(HttpStatusCode.RequestTimeout, "too-slow");
    }

    [Fact]
    public async Task A_body_may_be_packed_with_gzip()
    {
        var answer = await PostPackedAsync(Pack("""[{"userId":"packed","itemId":"i1"}]"""));
        Assert.Equal(1, answer.Expect(HttpStatusCode.OK).Json["accepted"]!.GetValue<int>());
        var broken = Pack("""[{"userId":"packed","itemId":"i1"}]""");
        broken[12] ^= 0xFF;
        (await PostPackedAsync(broken)).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        (await PostPackedAsync("[]"u8.ToArray())).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        (await PostPackedAsync("[]"u8.ToArray(), "br")).ExpectProblem(
            HttpStatusCode.UnsupportedMediaType,
            "wrong-encoding"
        );
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_large_one_is_refused()
    {
        var bomb = Pack(new string(' ', 40 * 1024 * 1024));
        Assert.InRange(bomb.Length, 0, 200_000);
        (await PostPackedAsync(bomb)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        (await PostPackedAsync(bomb, path: "/v1/quarantine/redrive")).ExpectProblem(
            HttpStatusCode.RequestEntityTooLarge,
            "too-large"
        );
    }

    [Theory]
    [InlineData("br", "/v1/users/u1")]
    [InlineData("gzip", "/v1/users/u1")]
    [InlineData("gzip", "/v1/users/nobody")]
    [InlineData("gzip", "/")]
    public async Task Answers_are_packed_for_those_who_read_that(string encoding, string path)
    {
        var plain = await Api.GetAsync(path);
        Assert.DoesNotContain("Content-Encoding", plain.Headers);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", encoding);
        using var response = await Api.Client.SendAsync(request);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        await using var packed = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding == "br"
            ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        var body = await reader.ReadToEndAsync();
        if (plain.IsProblem)
            Assert.Equal("not-found", JsonNode.Parse(body)!["code"]!.GetValue<string>());
        else
            Assert.Equal(plain.Body, body);
    }

    [Fact]
    public async Task Without_room_on_the_disk_it_is_not_ready()
    {
        await using var full = await RunningApi.StartAsync(replace: services =>
            services.AddSingleton<IDiskSpace>(new DiskWith(20 * 1024 * 1024))
        );
        var ready = (await full.GetAsync("/readyz")).Expect(HttpStatusCode.ServiceUnavailable).Json;
        var disk = ready["dependencies"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "disk")!;
        Assert.Equal("failed", disk["status"]!.GetValue<string>());
        Assert.Contains("20 MiB left", disk["problem"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_names_no_place_of_this_machine()
    {
        var models = Substitute.For<IModelStore>();
        await using var api = await RunningApi.StartAsync(replace: services => services.AddSingleton(models));
        var failure = new StoreUnavailableException($"'{api.Folder}/models/manifest.json' is damaged.");
        models.CurrentAsync(default).ThrowsAsyncForAnyArgs(failure);
        models.ListAsync(default).ThrowsAsyncForAnyArgs(failure);
        var problem = (await api.GetAsync("/v1/models")).ExpectProblem(
            HttpStatusCode.ServiceUnavailable,
            "unavailable"
        );
        Assert.Equal("'(data folder)/models/manifest.json' is damaged.", problem.Json["detail"]!.GetValue<string>());
        Assert.DoesNotContain(api.Folder, (await api.GetAsync("/readyz")).Body, StringComparison.Ordinal);
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private async Task<Answer> PostPackedAsync(byte[] body, string encoding = "gzip", string path = "/v1/interactions")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add(encoding);
        using var response = await Api.Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    private async Task<Answer> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Api.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        return await RawRequest.ReadAsync(stream);
    }

    private sealed class DiskWith(long bytes) : IDiskSpace
    {
        public long AvailableBytes() => bytes;
    }
}
