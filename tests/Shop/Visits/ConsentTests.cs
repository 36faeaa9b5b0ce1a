using System.Net;
using Recommendation.Clients.Tests.DotNet.Given;
using Recommendation.Shop.Tests.Given;

namespace Recommendation.Shop.Tests.Visits;

public sealed class ConsentTests
{
    private const string Form =
        @"\Aanon-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z";

    [Fact]
    public async Task Without_a_question_of_consent_the_id_is_kept_where_scripts_can_not_read_it()
    {
        await using var site = await SmallSite.StartAsync(StubApi.Accepting());
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=31536000", cookie, StringComparison.Ordinal);
        var id = await answer.Content.ReadAsStringAsync();
        Assert.Matches(Form, id);
        using var again = await browser.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(id, await again.Content.ReadAsStringAsync());
        Assert.False(again.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Without_consent_each_page_has_an_id_of_its_own_and_nothing_is_kept()
    {
        await using var site = await SmallSite.StartAsync(StubApi.Accepting(), asksForConsent: true);
        var cookies = new CookieContainer();
        using var browser = site.Browser(cookies);
        var first = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Matches(Form, first);
        Assert.NotEqual(first, await browser.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Empty(cookies.GetAllCookies());
    }

    [Fact]
    public async Task The_id_is_kept_from_the_moment_of_consent_until_it_is_withdrawn()
    {
        await using var site = await SmallSite.StartAsync(StubApi.Accepting(), asksForConsent: true);
        var cookies = new CookieContainer();
        using var browser = site.Browser(cookies);
        var id = await browser.GetStringAsync(new Uri("/agree", UriKind.Relative));
        Assert.Equal(id, await browser.GetStringAsync(new Uri("/", UriKind.Relative)));
        await browser.GetStringAsync(new Uri("/disagree", UriKind.Relative));
        Assert.DoesNotContain(cookies.GetAllCookies(), cookie => cookie.Name == "recommendation.visitor");
        Assert.NotEqual(id, await browser.GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    [Theory]
    [InlineData("12748")]
    [InlineData("anon-0")]
    [InlineData("anon-00000000-0000-4000-8000-00000000000G")]
    [InlineData("anon-00000000-0000-4000-8000-000000000000.short")]
    [InlineData("anon-00000000-0000-4000-8000-000000000000/../ann")]
    public async Task A_cookie_that_is_no_id_is_replaced(string text)
    {
        await using var site = await SmallSite.StartAsync(StubApi.Accepting());
        using var browser = site.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", $"recommendation.visitor={text}");
        using var answer = await browser.SendAsync(request);
        var id = await answer.Content.ReadAsStringAsync();
        Assert.Matches(Form, id);
        Assert.False(text.StartsWith(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_asks_for_no_id_gets_none()
    {
        await using var site = await SmallSite.StartAsync(StubApi.Accepting());
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri("/plain", UriKind.Relative));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }
}
