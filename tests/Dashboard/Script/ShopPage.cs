using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Recommendation.Dashboard.Tests.Script;

/// <summary>A shop on an origin of its own: one page, which loads the script of the API.</summary>
internal sealed class ShopPage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShopPage(WebApplication app) => _app = app;

    internal string Origin => _app.Urls.Single();

    /// <param name="head">What loads the script.</param>
    internal static async Task<ShopPage> StartAsync(Func<string> head)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Request.Path == "/"
                ? context.Response.WriteAsync($"<!doctype html><title>Shop</title>{head()}{Body}")
                : context.Response.WriteAsync("<!doctype html><title>Another page</title>");
        });
        await app.StartAsync();
        return new ShopPage(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>
    /// Shows lists whose items are 400 pixels high, so that a window of 900 shows two and a quarter of them, and counts
    /// what it does itself. Timers run fast where a test says so.
    /// </summary>
    private const string Body = """
        <style>body{margin:0} [data-item-id]{display:block;height:400px}</style><main></main><script>
        const done = { impressions: 0, clicks: 0, views: 0, lists: 0 };
        const wait = ms => new Promise(r => setTimeout(r, ms));
        const frames = async n => { for (let i = 0; i < n; i++) await new Promise(requestAnimationFrame); };
        async function show(client, n) {
          const list = await client.recommend('default', { n });
          const main = document.querySelector('main');
          main.innerHTML = '';
          main.dataset.recommendationId = list.recommendationId;
          for (const item of list.recommendations) {
            const card = document.createElement('a');
            card.dataset.itemId = item.itemId;
            card.textContent = item.title;
            main.append(card);
          }
          done.lists++;
          return list;
        }
        async function replay(views) {
          const client = Recommendation.client;
          for (let i = 0; i < views; i++) {
            if (i % 20 === 0) client.renew();
            scrollTo(0, 0);
            const list = await show(client, 5);
            await frames(3);
            await wait(2000);
            done.impressions += 2;
            if (i % 2) {
              scrollTo(0, 1100); // a quarter of the third is left, and the last two are whole
              await frames(3);
              await wait(2000);
              done.impressions += 2;
            }
            if (i % 3 === 0) {
              document.querySelectorAll('a')[i % 2].click();
              done.clicks++;
            }
            if (i % 5 === 0) { client.event('view', 'viewed-' + i); done.views++; }
          }
          return done;
        }
        </script>
        """;
}
