using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using Shop;
using Shop.Engines;

namespace Recommendation.Shop.Tests.Pages;

/// <summary>The sample shop with its engine on free ports, and a browser.</summary>
public sealed class OpenShop : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recommendation-shop-");
    private Chromium? _chromium;
    private Engine? _engine;
    private WebApplication? _shop;

    internal IBrowser Browser => _chromium!.Browser;

    internal string Url { get; private set; } = "";

    internal EngineAccess Access => _engine!.Access;

    public async Task InitializeAsync()
    {
        var (shop, api) = FreePorts();
        Url = $"http://127.0.0.1:{shop}";
        var settings = new ShopSettings
        {
            Url = Url,
            Api = $"http://127.0.0.1:{api}",
            Data = Path.Combine(_folder.FullName, "data"),
        };
        _chromium = await Chromium.StartAsync();
        _engine = await Engine.StartAsync(settings);
        _shop = ShopHost.Build(settings, _engine.Access);
        await _shop.StartAsync();
        await SampleData.FillAsync(_shop.Services, _engine.Access);
    }

    /// <summary>Ends the engine; the shop goes on.</summary>
    internal Task StopEngineAsync() => _engine!.StopAsync();

    public async Task DisposeAsync()
    {
        if (_shop is not null)
            await _shop.DisposeAsync();
        if (_engine is not null)
            await _engine.DisposeAsync();
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Both are open at once, so that they differ.</summary>
    private static (int, int) FreePorts()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
    }
}
