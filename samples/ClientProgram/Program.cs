using Microsoft.Extensions.DependencyInjection;
using Recommendation.Client;

await using var services = new ServiceCollection()
    .AddRecommendationClient(options => options.BaseAddress = new Uri(args[0]))
    .BuildServiceProvider();
var client = services.GetRequiredService<RecommendationClient>();
await client.Events.SendAsync(new RecommendationEvent { UserId = "ann", ItemId = "tea", InteractionType = "purchase" });
foreach (var item in (await client.Lists.ForUserAsync("bob")).Items)
    Console.WriteLine($"bob may like {item.ItemId}");
