using System.Net;
using System.Text.Json;
using Recommendation.Clients.Tests.DotNet.Given;
using Recommendation.Shop.Tests.Given;

namespace Recommendation.Shop.Tests.Visits;

public sealed class MergeTests
{
    [Fact]
    public async Task The_page_after_a_login_merges_once_and_the_id_stays()
    {
        using var api = new StubApi(Merged);
        await using var site = await SmallSite.StartAsync(api);
        using var browser = site.Browser();
        var id = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        for (var page = 0; page < 3; page++)
            Assert.Equal(id, await browser.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Equal([(id, "ann")], Merges(api));
    }

    [Fact]
    public async Task Pages_that_come_together_after_a_login_share_one_merge()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var api = new HeldApi(gate.Task);
        await using var site = await SmallSite.StartAsync(api, options => options.Patience = TimeSpan.FromSeconds(30));
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        var pages = Enumerable.Range(0, 8).Select(_ => browser.GetStringAsync(new Uri("/", UriKind.Relative))).ToList();
        await api.Called;
        gate.SetResult();
        Assert.Single((await Task.WhenAll(pages)).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, api.Count);
    }

    [Fact]
    public async Task A_browser_without_an_id_gets_one_that_is_the_users_at_the_first_page()
    {
        using var api = new StubApi(Merged);
        await using var site = await SmallSite.StartAsync(api);
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        var id = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Equal([(id, "ann")], Merges(api));
    }

    [Fact]
    public async Task Another_user_of_the_browser_gets_another_id_also_without_a_logout()
    {
        using var api = new StubApi(Merged);
        await using var site = await SmallSite.StartAsync(api);
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        var first = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        await browser.GetStringAsync(new Uri("/log-in/bob", UriKind.Relative));
        var second = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Equal([(first, "ann"), (second, "bob")], Merges(api));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task After_a_logout_the_visitor_is_somebody_new()
    {
        using var api = new StubApi(Merged);
        await using var site = await SmallSite.StartAsync(api);
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        var first = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        await browser.GetStringAsync(new Uri("/log-out", UriKind.Relative));
        Assert.NotEqual(first, await browser.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Single(Merges(api));
    }

    [Fact]
    public async Task While_the_API_is_away_pages_come_and_a_later_one_merges()
    {
        var away = true;
        using var api = new StubApi(call =>
            away ? StubApi.Problem(HttpStatusCode.ServiceUnavailable, "unavailable") : Merged(call));
        await using var site = await SmallSite.StartAsync(api, options => options.Pause = TimeSpan.Zero);
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        var id = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains(site.Logs.Lines, line => line.Contains("not merged yet", StringComparison.Ordinal));
        away = false;
        Assert.Equal(id, await browser.GetStringAsync(new Uri("/", UriKind.Relative)));
        await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Equal([(id, "ann"), (id, "ann")], Merges(api));
    }

    [Fact]
    public async Task While_the_API_is_away_only_one_page_asks_in_a_while()
    {
        using var api = new StubApi(_ => throw new HttpRequestException("No route."));
        await using var site = await SmallSite.StartAsync(api, options => options.Pause = TimeSpan.FromMinutes(1));
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        for (var page = 0; page < 5; page++)
            Assert.Equal("no list", await browser.GetStringAsync(new Uri("/list", UriKind.Relative)));
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task A_refused_merge_is_tried_with_a_new_id_and_then_left()
    {
        using var api = new StubApi(_ => StubApi.Problem(HttpStatusCode.Conflict, "refused"));
        await using var site = await SmallSite.StartAsync(api);
        using var browser = site.Browser();
        var before = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        var id = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(id, await browser.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Equal([(before, "ann"), (id, "ann")], Merges(api));
    }

    [Fact]
    public async Task A_key_that_may_not_merge_does_not_keep_pages_from_lists()
    {
        using var api = new StubApi(call => call.Address.AbsolutePath.EndsWith("/merge", StringComparison.Ordinal)
            ? StubApi.Problem(HttpStatusCode.Forbidden, "role-needed")
            : StubApi.Json(HttpStatusCode.OK, ListJson));
        await using var site = await SmallSite.StartAsync(api);
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        Assert.Equal("1 items", await browser.GetStringAsync(new Uri("/list", UriKind.Relative)));
        Assert.Equal("1 items", await browser.GetStringAsync(new Uri("/list", UriKind.Relative)));
        Assert.Single(Merges(api));
    }

    [Fact]
    public async Task Without_consent_nothing_is_merged()
    {
        using var api = new StubApi(Merged);
        await using var site = await SmallSite.StartAsync(api, asksForConsent: true);
        using var browser = site.Browser();
        await browser.GetStringAsync(new Uri("/log-in/ann", UriKind.Relative));
        await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task A_list_is_asked_for_with_the_id_that_the_script_reports_with()
    {
        using var api = new StubApi(_ => StubApi.Json(HttpStatusCode.OK, ListJson));
        await using var site = await SmallSite.StartAsync(api);
        using var browser = site.Browser();
        var id = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        await browser.GetStringAsync(new Uri("/list", UriKind.Relative));
        var body = JsonDocument.Parse(Assert.Single(api.Calls).Body).RootElement;
        Assert.Equal((id, "home"), (body.GetProperty("userId").GetString(), body.GetProperty("scenario").GetString()));
    }

    private const string ListJson =
        """
        {"userId":null,"source":"popular","modelVersion":null,"lastUpdated":"2026-01-01T00:00:00.000Z",
        "recommendationId":null,"recommendations":[{"itemId":"tea","title":"Tea","score":1,"because":null}]}
        """;

    private static HttpResponseMessage Merged(StubCall call) =>
        StubApi.Json(HttpStatusCode.OK, """{"anonymousId":"a","userId":"u","isNew":true}""");

    private static IReadOnlyList<(string Visitor, string User)> Merges(StubApi api) =>
    [
        .. from call in api.Calls
        let path = call.Address.AbsolutePath
        where path.EndsWith("/merge", StringComparison.Ordinal)
        select (path.Split('/')[^2], JsonDocument.Parse(call.Body).RootElement.GetProperty("userId").GetString()!),
    ];

    /// <summary>Answers when a test lets it.</summary>
    private sealed class HeldApi(Task gate) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        internal Task Called => _called.Task;

        internal int Count => Volatile.Read(ref _count);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            _called.TrySetResult();
            await gate.WaitAsync(cancellationToken);
            var answer = StubApi.Json(HttpStatusCode.OK, "{}");
            answer.RequestMessage = request;
            return answer;
        }
    }
}
