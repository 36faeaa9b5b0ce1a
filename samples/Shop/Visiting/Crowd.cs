using Recommendation.Client;
using Shop.Goods;

namespace Shop.Visiting;

/// <summary>
/// Visits of customers of the sample, so that there are figures: they look at the home page, click where a category is
/// one that they buy, and buy some of it. Chance is drawn from a fixed start, so that visits can be repeated.
/// </summary>
internal sealed class Crowd(RecommendationClient client, IEventWriter events, Catalogue catalogue, SoldGoods sold)
{
    private const int ListsAtOnce = 100;

    private readonly ILookup<string, string> _bought = sold.Lines.ToLookup(
        line => line.Customer, line => catalogue.Find(line.Product)?.Category ?? "", StringComparer.Ordinal);

    /// <returns>How many lists, impressions and clicks there were.</returns>
    internal async Task<(int Lists, int Impressions, int Clicks)> VisitAsync(
        int visits, int start, CancellationToken cancellationToken)
    {
        var chance = new Random(start);
        var (seen, shown, clicks) = (new List<Impressions>(), 0, 0);
        for (var visit = 0; visit < visits; visit++)
        {
            var customer = catalogue.Customers[(start + visit) % catalogue.Customers.Count];
            var list = await client.Lists.RequestAsync(
                new ListRequest { Scenario = "default", UserId = customer, Count = 6 }, cancellationToken);
            seen.Add(new Impressions(customer, [.. list.Items.Select(item => item.ItemId)])
            {
                RecommendationId = list.RecommendationId,
            });
            shown += list.Items.Count;
            foreach (var item in list.Items)
                clicks += await ActAsync(customer, item.ItemId, list.RecommendationId, chance, cancellationToken);
        }
        foreach (var some in seen.Where(one => one.Items.Count > 0).Chunk(ListsAtOnce))
            await client.Events.SendImpressionsAsync(some, cancellationToken);
        await events.FlushAsync(cancellationToken);
        return (visits, shown, clicks);
    }

    private async Task<int> ActAsync(
        string customer, string item, string? list, Random chance, CancellationToken cancellationToken)
    {
        var product = catalogue.Find(item);
        var likes = product is not null && _bought[customer].Contains(product.Category, StringComparer.Ordinal);
        if (chance.NextDouble() > (likes ? 0.25 : 0.05))
            return 0;
        await SendAsync("click", value: null);
        if (product is not null && chance.NextDouble() < 0.3)
            await SendAsync("purchase", product.Price);
        return 1;

        ValueTask SendAsync(string type, double? value) => events.WriteAsync(
            new RecommendationEvent
            {
                UserId = customer,
                ItemId = item,
                InteractionType = type,
                RecommendationId = list,
                Value = value,
                Currency = value is null ? null : "GBP",
            },
            cancellationToken);
    }
}
