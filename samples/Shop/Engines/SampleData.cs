using System.Text.Json.Nodes;
using Recommendation.Client;
using Shop.Goods;

namespace Shop.Engines;

/// <summary>
/// Fills an engine that has no model yet: catalogue, scenarios, three weeks of purchases that end now, two models, and
/// an experiment that compares them.
/// </summary>
internal static class SampleData
{
    internal const string Experiment = "more-data";

    /// <summary>The first model knows the purchases up to so long before the last one.</summary>
    private static readonly TimeSpan s_newer = TimeSpan.FromDays(6);

    private const int ItemsAtOnce = 1_000;

    internal static async Task FillAsync(
        IServiceProvider services, EngineAccess access, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient { BaseAddress = access.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", access.OperatorKey);
        var calls = new EngineCalls(http);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Scenarios"), "*.json"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var scenario = await File.ReadAllTextAsync(file, cancellationToken);
            await calls.SendAsync(
                HttpMethod.Put, $"v1/scenarios/{name}?reason=the%20sample", scenario, cancellationToken);
        }
        if ((await calls.FindAsync("v1/models", cancellationToken))?["current"] is null)
            await FillAsync(services, calls, cancellationToken);
        await WarmUpAsync(services.GetRequiredService<RecommendationClient>(), cancellationToken);
    }

    private static async Task FillAsync(
        IServiceProvider services, EngineCalls calls, CancellationToken cancellationToken)
    {
        await PutItemsAsync(services, cancellationToken);
        var sold = services.GetRequiredService<SoldGoods>();
        var first = sold.Lines[^1].At - s_newer;
        var writer = services.GetRequiredService<IEventWriter>();
        await SendAsync(writer, sold, sold.Lines.Where(line => line.At <= first), cancellationToken);
        var older = await TrainAsync(calls, cancellationToken);
        await SendAsync(writer, sold, sold.Lines.Where(line => line.At > first), cancellationToken);
        await TrainAsync(calls, cancellationToken);
        await calls.SendAsync(
            HttpMethod.Post,
            "v1/experiments",
            $$"""
            {"name":"{{Experiment}}","why":"is a model of two weeks as good as one of three?","effect":0.2,
            "variants":[{"name":"two-weeks","share":0.5,"model":"{{older}}"}]}
            """,
            cancellationToken);
    }

    /// <summary>The first list of a process takes longer than a page waits.</summary>
    private static async Task WarmUpAsync(RecommendationClient client, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])["default", "popular", "basket"])
        {
            var request = new ListRequest { Scenario = name, UserId = "nobody", Basket = ["85123A"] };
            await client.Lists.RequestAsync(request, cancellationToken);
        }
    }

    private static async Task PutItemsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var client = services.GetRequiredService<RecommendationClient>();
        foreach (var some in services.GetRequiredService<Catalogue>().Products.Chunk(ItemsAtOnce))
        {
            await client.Items.PutAsync(
                [
                    .. some.Select(product => new CatalogItem
                    {
                        ItemId = product.Id,
                        Title = product.Title,
                        Categories = [product.Category],
                        Price = product.Price,
                        Currency = "GBP",
                        ImageUrl = product.Picture,
                        Url = product.Url,
                    }),
                ],
                cancellationToken);
        }
    }

    /// <summary>The ids of the events are those of the lines: to send them again changes nothing.</summary>
    private static async Task SendAsync(
        IEventWriter writer, SoldGoods sold, IEnumerable<SoldLine> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            var purchase = new RecommendationEvent
            {
                UserId = line.Customer,
                ItemId = line.Product,
                InteractionType = "purchase",
                Timestamp = sold.Now(line),
                EventId = $"sample-{line.Number}",
                Value = line.Price * line.Quantity,
                Currency = "GBP",
            };
            await writer.WriteAsync(purchase, cancellationToken);
        }
        await writer.FlushAsync(cancellationToken);
    }

    /// <returns>The model's version.</returns>
    private static async Task<string> TrainAsync(EngineCalls calls, CancellationToken cancellationToken)
    {
        var training = await calls.SendAsync(
            HttpMethod.Post, "v1/models", """{"fast":true,"force":true}""", cancellationToken);
        var path = $"v1/trainings/{training["id"]}";
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            var now = await calls.FindAsync(path, cancellationToken);
            if (now?["model"]?["version"] is JsonValue version)
                return version.GetValue<string>();
            if (now?["problem"] is JsonValue problem)
                throw new InvalidOperationException($"The training failed: {problem}");
        }
        throw new OperationCanceledException(cancellationToken);
    }
}
