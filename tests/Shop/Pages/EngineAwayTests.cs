using System.Net;

namespace Recommendation.Shop.Tests.Pages;

public sealed class EngineAwayTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task Without_its_engine_the_shop_has_every_page_and_no_lists()
    {
        await shop.StopEngineAsync();
        using var browser = new HttpClient { BaseAddress = new Uri(shop.Url) };
        foreach (var path in new[] { "/", "/product/22423", "/basket", "/search?q=lantern", "/login", "/figures" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(
                "data-recommendation-id", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Contains(
            "/product/",
            await browser.GetStringAsync(new Uri("/search?q=lantern", UriKind.Relative)),
            StringComparison.Ordinal);
    }
}
