using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Recommendation.Client;
using Recommendation.Client.AspNetCore;
using Shop.Engines;
using Shop.Goods;
using Shop.Visiting;

namespace Shop;

/// <summary>Builds the shop.</summary>
internal static class ShopHost
{
    internal static WebApplication Build(ShopSettings settings, EngineAccess engine)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ShopHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.WebHost.UseUrls(settings.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The sample's keys are files that only their owner can read.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        AddShop(builder.Services);
        builder.Services.AddDataProtection()
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Data, "cookie-keys")));
        AddRecommendations(builder.Services, settings, engine);
        var app = builder.Build();
        app.UseExceptionHandler("/problem");
        app.UseStaticFiles();
        app.UseCookiePolicy();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRecommendationVisitors();
        app.MapRazorPages();
        app.MapGet("/pictures/{id}.svg", PictureOf);
        return app;
    }

    private static void AddShop(IServiceCollection services)
    {
        services.AddRazorPages();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options => options.LoginPath = "/login");
        // What is not needed for buying, such as the visitor's id, waits for consent.
        services.Configure<CookiePolicyOptions>(options => options.CheckConsentNeeded = _ => true);
        var lines = SampleFile.Read();
        services.AddSingleton(new Catalogue(lines));
        services.AddSingleton(new SoldGoods(lines, TimeProvider.System.GetUtcNow()));
    }

    private static void AddRecommendations(IServiceCollection services, ShopSettings settings, EngineAccess engine)
    {
        services.AddRecommendationClient(options =>
        {
            options.BaseAddress = engine.Address;
            options.ApiKey = engine.ShopKey;
            options.Events.SpillFolder = Path.Combine(settings.Data, "events");
        });
        services.AddRecommendationPages(options => options.BrowserKey = engine.BrowserKey);
        services.AddHttpClient<EngineCalls>(http =>
        {
            http.BaseAddress = engine.Address;
            http.DefaultRequestHeaders.Authorization = new("Bearer", engine.ShopKey);
            http.Timeout = TimeSpan.FromSeconds(10);
        });
        services.AddTransient<Crowd>();
    }

    private static IResult PictureOf(string id, Catalogue catalogue, HttpContext context)
    {
        if (catalogue.Find(id) is not { } product)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Text(Pictures.Draw(product), "image/svg+xml");
    }
}
