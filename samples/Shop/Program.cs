using Shop;
using Shop.Engines;

if (ShopSettings.Read(args, out var settings) is { } problem)
{
    Console.Error.WriteLine(problem);
    return 2;
}
Console.WriteLine("The first start reads the sample and trains two models, which takes some seconds.");
await using var engine = await Engine.StartAsync(settings);
await using var shop = ShopHost.Build(settings, engine.Access);
await shop.StartAsync();
await SampleData.FillAsync(shop.Services, engine.Access);
Console.WriteLine($"The shop: {settings.Url}");
Console.WriteLine($"The dashboard of its engine: {engine.Access.Address} with the key {engine.Access.OperatorKey}");
Console.WriteLine("Ctrl+C stops both.");
await shop.WaitForShutdownAsync();
return 0;
