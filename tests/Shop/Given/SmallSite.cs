using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recommendation.Client;
using Recommendation.Client.AspNetCore;

namespace Recommendation.Shop.Tests.Given;

/// <summary>A site on Kestrel with the visitor's cookie, logins and lists, whose API is a stub.</summary>
internal sealed class SmallSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SmallSite(WebApplication app) => _app = app;

    internal Logs Logs { get; private init; } = new();

    internal static async Task<SmallSite> StartAsync(
        HttpMessageHandler api, Action<RecommendationPageOptions>? configure = null, bool asksForConsent = false)
    {
        var logs = new Logs();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(logs);
        builder.Services.AddRouting().AddAuthentication("cookies").AddCookie("cookies");
        builder.Services.Configure<CookiePolicyOptions>(policy => policy.CheckConsentNeeded = _ => asksForConsent);
        builder.Services.AddRecommendationClient(options => options.Retries = 0);
        builder.Services.AddRecommendationPages(configure);
        builder.Services.AddHttpClient(nameof(RecommendationClient)).ConfigurePrimaryHttpMessageHandler(() => api);
        var app = builder.Build();
        app.UseCookiePolicy();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRecommendationVisitors();
        Map(app);
        await app.StartAsync();
        return new SmallSite(app) { Logs = logs };
    }

    /// <summary>A browser with cookies of its own.</summary>
    internal HttpClient Browser(CookieContainer? cookies = null)
    {
        // The client owns its handler.
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies ?? new CookieContainer() })
        {
            BaseAddress = new Uri(_app.Urls.Single()),
        };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return browser;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext context, Visitors visitors) => visitors.IdOf(context));
        app.MapGet("/plain", () => "nothing about visitors");
        app.MapGet("/log-in/{user}", (HttpContext context, string user) => context.SignInAsync(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "cookies"))));
        app.MapGet("/log-out", (HttpContext context, Visitors visitors) =>
        {
            visitors.Renew(context);
            return context.SignOutAsync();
        });
        app.MapGet("/agree", (HttpContext context, Visitors visitors) =>
        {
            context.Features.GetRequiredFeature<ITrackingConsentFeature>().GrantConsent();
            return visitors.IdOf(context);
        });
        app.MapGet("/disagree", (HttpContext context) =>
            context.Features.GetRequiredFeature<ITrackingConsentFeature>().WithdrawConsent());
        app.MapGet("/list", async (HttpContext context, PageLists lists) =>
            await lists.FindAsync(context, new ListRequest { Scenario = "home" }) is { } list
                ? $"{list.Items.Count} items" : "no list");
    }
}
