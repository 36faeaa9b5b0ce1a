using System.IO.Compression;
using System.Net;
using System.Text;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Tests;

/// <summary>What a page may do with a key that everybody can read.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private const string Shop = "https://shop.example";
    private const string Visitor = "anon-0f8fad5b-d9cb-469f-a165-70867728950e";

    private RunningApi? _api;
    private string _key = "";

    private RunningApi Api => _api!;

    public async Task InitializeAsync()
    {
        _api = await RunningApi.StartAsync();
        (_key, _) = Api.Keys.Create(Role.Browser, "pages", [Shop]);
        for (var i = 0; i < 100 && !(await SendAsync("events", "{}")).Headers.ContainsKey(Allowed); i++)
            await Task.Delay(50);
    }

    private const string Allowed = "Access-Control-Allow-Origin";

    public Task DisposeAsync() => Api.DisposeAsync().AsTask();

    [Fact]
    public async Task Events_of_an_anonymous_id_count_once_at_the_time_that_they_happened()
    {
        var body = $$"""
            {"anonymousId":"{{Visitor}}","events":[
            {"eventId":"e1","itemId":"i1","type":"view","ago":60000},{"eventId":"e2","itemId":"i2","type":"click"}]}
            """;
        var answer = (await SendAsync("events", body)).Expect(HttpStatusCode.OK);
        Assert.Equal(Shop, answer.Headers[Allowed]);
        Assert.Equal((2, 0, 0), Counts(answer));
        Assert.Equal((0, 2, 0), Counts(await SendAsync("events", body)));
        await Api.SendAsync(new CatchUpProfiles("local"));
        var profile = (await Api.SendAsync(new GetProfile(UserId.Parse(Visitor))))!;
        Assert.Equal(["i2", "i1"], profile.Recent.Select(one => one.ItemId.Value));
        Assert.InRange(profile.Recent[0].At - profile.Recent[1].At, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(70));
    }

    [Theory]
    [InlineData("""{"eventId":"e","itemId":"i","type":"purchase"}""")]
    [InlineData("""{"eventId":"e","itemId":"i","type":"order"}""")]
    [InlineData("""{"eventId":"e","itemId":"i","type":"refund"}""")]
    [InlineData("""{"eventId":"e","itemId":"i","type":"impression"}""")]
    [InlineData("""{"eventId":"e","itemId":"","type":"view"}""")]
    [InlineData("""{"eventId":"","itemId":"i","type":"view"}""")]
    [InlineData("""{"eventId":"e","itemId":"i","type":"view","ago":-1}""")]
    [InlineData("""{"eventId":"e","itemId":"i","type":"view","ago":99999999999}""")]
    [InlineData("null")]
    public async Task What_a_page_may_not_say_is_counted_and_kept_nowhere(string one)
    {
        var answer = await SendAsync("events", $$"""{"anonymousId":"{{Visitor}}","events":[{{one}}]}""");
        Assert.Equal((0, 0, 1), Counts(answer));
        Assert.Empty((await Api.SendAsync(new Application.Quarantine.ListQuarantine())).Records);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("anon-ann")]
    [InlineData("anon-0F8FAD5B-D9CB-469F-A165-70867728950E")]
    [InlineData("anon-0f8fad5b-d9cb-469f-a165-70867728950e\\n")]
    [InlineData("")]
    public async Task A_page_writes_to_no_id_that_can_be_guessed_and_reads_no_list_of_one(string user)
    {
        var events = """[{"eventId":"e","itemId":"i","type":"view"}]""";
        (await SendAsync("events", $$"""{"anonymousId":"{{user}}","events":{{events}}}"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        (await SendAsync("recommendations", $$"""{"scenario":"default","anonymousId":"{{user}}"}"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{\"anonymousId\":\"anon-0f8fad5b-d9cb-469f-a165-70867728950e\"}")]
    [InlineData("{\"anonymousId\":\"anon-0f8fad5b-d9cb-469f-a165-70867728950e\",\"user\":1}")]
    public async Task A_body_that_is_none_is_refused_and_the_page_may_read_why(string body) =>
        Assert.Equal(
            Shop,
            (await SendAsync("events", body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid").Headers[Allowed]);

    [Fact]
    public async Task A_list_says_nothing_of_what_led_to_it_and_has_public_fields_alone()
    {
        await Api.SendAsync(new Application.Items.ImportItems(
            [new Domain.Items.CatalogItem(ItemId.Parse("i1"), "Tea", [], true) { Price = 3 }]));
        await SendAsync(
            "events",
            $$"""{"anonymousId":"{{Visitor}}","events":[{"eventId":"e","itemId":"i9","type":"view"}]}""");
        var list = (await SendAsync(
            "recommendations",
            $$"""{"scenario":"default","anonymousId":"{{Visitor}}","fields":["price"]}"""))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(Shop, list.Headers[Allowed]);
        Assert.Equal("no-store", list.Headers["Cache-Control"]);
        Assert.DoesNotContain(Visitor, list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("because", list.Body, StringComparison.Ordinal);
        (await SendAsync("recommendations", """{"scenario":"default","fields":["margin"]}"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        (await SendAsync("recommendations", """{"n":3}""")).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        (await SendAsync("recommendations", """{"scenario":"nowhere"}"""))
            .ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://shop.example")]
    [InlineData("https://shop.example:8443")]
    [InlineData("https://shop.example.evil.example")]
    public async Task A_page_of_another_origin_can_neither_use_the_key_nor_read_the_answer(string? origin)
    {
        var answer = await SendAsync("events", "{}", origin);
        answer.ExpectProblem(HttpStatusCode.Forbidden, "wrong-origin");
        Assert.False(answer.Headers.ContainsKey(Allowed));
    }

    [Fact]
    public async Task A_page_is_told_before_what_it_may_send_if_its_origin_is_known()
    {
        var known = await AskBeforeAsync("/v1/browser/events", Shop);
        Assert.Equal(HttpStatusCode.NoContent, known.Status);
        Assert.Equal((Shop, "POST"), (known.Headers[Allowed], known.Headers["Access-Control-Allow-Methods"]));
        Assert.Equal("Origin", known.Headers["Vary"]);
        var other = await AskBeforeAsync("/v1/browser/events", "https://evil.example");
        Assert.False(other.Headers.ContainsKey(Allowed));
        var elsewhere = await AskBeforeAsync("/v1/interactions", Shop);
        Assert.False(elsewhere.Headers.ContainsKey(Allowed));
    }

    /// <summary>What browsers ask before they send JSON to another origin.</summary>
    private Task<Answer> AskBeforeAsync(string path, string origin) =>
        Api.SendAsync(
            HttpMethod.Options, path, null, ("Origin", origin), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type"));

    [Fact]
    public async Task Without_a_browser_key_no_page_reads_anything()
    {
        await using var api = await RunningApi.StartAsync();
        var answer = await api.PostAsync("/v1/browser/events?key=rk_1_1", "{}", ("Origin", Shop));
        answer.ExpectProblem(HttpStatusCode.Unauthorized, "key-needed");
        Assert.False(answer.Headers.ContainsKey(Allowed));
    }

    [Fact]
    public async Task A_body_larger_than_a_beacon_is_refused() =>
        (await SendAsync("events", new string(' ', 70_000) + "{}"))
            .ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");

    [Theory]
    [InlineData("https://shop.example/", "https://shop.example")]
    [InlineData("HTTPS://Shop.Example:443", "https://shop.example")]
    [InlineData("http://localhost:5173", "http://localhost:5173")]
    public void Origins_are_kept_as_browsers_write_them(string given, string kept)
    {
        using var folder = new TemporaryFolder();
        var (_, key) = new ApiKeys(folder.Path, TimeProvider.System).Create(Role.Browser, null, [given]);
        Assert.Equal([kept], key.Origins!);
    }

    [Theory]
    [InlineData(Role.Browser)]
    [InlineData(Role.Browser, "*")]
    [InlineData(Role.Browser, "https://*.shop.example")]
    [InlineData(Role.Browser, "shop.example")]
    [InlineData(Role.Browser, "https://shop.example/page")]
    [InlineData(Role.Browser, "https://user@shop.example")]
    [InlineData(Role.Browser, "file:///shop")]
    [InlineData(Role.Reader, "https://shop.example")]
    public void Origins_that_can_not_be_are_refused(Role role, params string[] origins)
    {
        using var folder = new TemporaryFolder();
        var keys = new ApiKeys(folder.Path, TimeProvider.System);
        Assert.Throws<RefusedException>(() => keys.Create(role, null, origins));
        Assert.Empty(keys.Read());
    }

    [Theory]
    [InlineData("recommendation.js")]
    [InlineData("recommendation.mjs")]
    public async Task The_script_is_small_and_kept_by_browsers_and_any_site_may_load_it(string name)
    {
        var script = (await Api.GetAsync("/" + name)).Expect(HttpStatusCode.OK);
        Assert.Equal("text/javascript", script.MediaType);
        Assert.Contains("max-age=3600", script.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("cross-origin", script.Headers["Cross-Origin-Resource-Policy"]);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(script.Body));
        Assert.InRange(packed.Length, 1, 5 * 1024);
        var again = await Api.GetAsync("/" + name, ("If-None-Match", script.Headers["ETag"]));
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
    }

    private static (int, int, int) Counts(Answer answer) =>
    (
        answer.Expect(HttpStatusCode.OK).Json["accepted"]!.GetValue<int>(),
        answer.Json["duplicates"]!.GetValue<int>(),
        answer.Json["rejected"]!.GetValue<int>()
    );

    private Task<Answer> SendAsync(string route, string body) => SendAsync(route, body, Shop);

    private async Task<Answer> SendAsync(string route, string body, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/browser/{route}?key={_key}")
        {
            Content = new StringContent(body, Encoding.UTF8, "text/plain"), // as a beacon's
        };
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        using var response = await Api.Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}
