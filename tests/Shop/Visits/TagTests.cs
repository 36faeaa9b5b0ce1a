using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.Client;
using Recommendation.Client.AspNetCore;
using Recommendation.Clients.Tests.DotNet.Given;
using Recommendation.Shop.Tests.Given;

namespace Recommendation.Shop.Tests.Visits;

public sealed class TagTests : IDisposable
{
    private readonly Logs _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task A_list_has_the_attributes_that_the_script_watches_and_nothing_of_it_is_markup()
    {
        var html = await RenderAsync(Answers(
            """
            {"itemId":"a\"b<","title":"<script>alert(1)</script>","score":1,"because":null,
            "fields":{"price":2.5,"currency":"EUR","imageUrl":"/p/a.png","url":"/a?x=1&y=2"}}
            """));
        Assert.Equal(
            """<section class="row recommendation" data-recommendation-id="list-1"><h2>For you</h2>"""
            + """<ol><li data-item-id="a&quot;b&lt;"><a class="recommendation-card" href="/a?x=1&amp;y=2">"""
            + """<img alt="" loading="lazy" src="/p/a.png" />"""
            + """<span class="recommendation-title">&lt;script&gt;alert(1)&lt;/script&gt;</span>"""
            + """<span class="recommendation-price">2.50 EUR</span></a></li></ol></section>""",
            html);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java\\nscript:alert(1)")]
    [InlineData("data:text/html,x")]
    public async Task An_address_that_runs_a_script_is_no_link(string url)
    {
        var html = await RenderAsync(WithUrl(url));
        Assert.Contains("""<span class="recommendation-card">""", html, StringComparison.Ordinal);
        Assert.DoesNotContain("script:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://shop.example/a")]
    [InlineData("/a:b")]
    [InlineData("a/b")]
    public async Task A_path_or_an_address_of_the_web_is_a_link(string url) => Assert.Contains(
        $"href=\"{url}\"",
        await RenderAsync(WithUrl(url)),
        StringComparison.Ordinal);

    [Fact]
    public async Task An_empty_list_renders_nothing_not_even_its_heading() =>
        Assert.Empty(await RenderAsync(Answers("")));

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task An_API_that_fails_or_refuses_renders_nothing_and_is_logged(HttpStatusCode status)
    {
        using var api = new StubApi(_ => StubApi.Problem(status, "some-code"));
        Assert.Empty(await RenderAsync(api));
        Assert.Contains("no list of the scenario home", Assert.Single(_logs.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_does_not_answer_renders_nothing_in_time()
    {
        using var api = new SilentApi();
        Assert.Empty(await RenderAsync(api));
        Assert.Contains("did not answer within", Assert.Single(_logs.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_can_not_work_are_named_together()
    {
        using var services = new ServiceCollection().AddRecommendationPages(options =>
        {
            options.CookieName = "a b";
            options.CookieLifetime = TimeSpan.FromDays(500);
            options.Patience = TimeSpan.Zero;
            options.BrowserKey = "";
        }).BuildServiceProvider();
        var problem = Assert.Throws<OptionsValidationException>(() =>
            services.GetRequiredService<IOptions<RecommendationPageOptions>>().Value);
        Assert.Equal(4, problem.Failures.Count());
    }

    private static StubApi WithUrl(string url) => Answers(
        $$$"""{"itemId":"a","title":"A","score":1,"fields":{"url":"{{{url}}}","imageUrl":"{{{url}}}"}}""");

    private static StubApi Answers(string items) => new(_ => StubApi.Json(
        HttpStatusCode.OK,
        $$"""
        {"userId":"u","source":"popular","modelVersion":null,"lastUpdated":"2026-01-01T00:00:00.000Z",
        "recommendationId":"list-1","recommendations":[{{items}}]}
        """));

    private async Task<string> RenderAsync(HttpMessageHandler api)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddProvider(_logs));
        collection.AddRecommendationClient(options => options.Retries = 0);
        collection.AddRecommendationPages(options => options.Patience = TimeSpan.FromMilliseconds(500));
        collection.AddHttpClient(nameof(RecommendationClient)).ConfigurePrimaryHttpMessageHandler(() => api);
        await using var services = collection.BuildServiceProvider();
        var tag = new RecommendationTagHelper(
            services.GetRequiredService<PageLists>(), null!,
            services.GetRequiredService<IOptions<RecommendationPageOptions>>())
        {
            Scenario = "home",
            ViewContext = new ViewContext { HttpContext = new DefaultHttpContext { RequestServices = services } },
        };
        var output = new TagHelperOutput(
            "recommendation",
            [new TagHelperAttribute("class", "row")],
            (_, _) => Task.FromResult(new DefaultTagHelperContent().SetHtmlContent("<h2>For you</h2>")));
        var context = new TagHelperContext([], new Dictionary<object, object>(), "1");
        await tag.ProcessAsync(context, output);
        await using var text = new StringWriter();
        output.WriteTo(text, HtmlEncoder.Default);
        return text.ToString();
    }

    private sealed class SilentApi : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("The delay never ends.");
        }
    }
}
