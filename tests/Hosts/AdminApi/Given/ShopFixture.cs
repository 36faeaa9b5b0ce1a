namespace Recommendation.AdminApi.Tests.Given;

/// <summary>One shop for all the tests of a class that change nothing others look at.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    private RunningApi? _api;

    internal RunningApi Api => _api ?? throw new InvalidOperationException("The shop is not open yet.");

    public async Task InitializeAsync()
    {
        _api = await RunningApi.StartAsync();
        await Shop.FillAsync(_api);
    }

    public async Task DisposeAsync()
    {
        if (_api is not null)
            await _api.DisposeAsync();
    }
}
