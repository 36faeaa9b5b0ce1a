using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Interactions;
using Recommendation.Application.Models;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Local;

var services = new ServiceCollection();
services.AddRecommendation().UseSqlite(args.Length > 0 ? args[0] : "./data");
await using var provider = services.BuildServiceProvider();
await using var scope = provider.CreateAsyncScope();
var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();

string[] purchases = ["ann tea", "ann cup", "bob tea", "bob cup", "bob pot", "cid cup", "cid pot", "dot tea"];
var events = purchases.Select((purchase, n) => purchase.Split(' ') is [var user, var item]
    ? new IncomingEvent
    {
        Event = new() { EventId = $"order-{n}", UserId = user, ItemId = item, InteractionType = "purchase" },
        Source = new Position("orders", SequenceNumber.From(n)),
    }
    : throw new FormatException(purchase));
await mediator.Send(new AppendInteractions([.. events]));
await mediator.Send(new CatchUpProfiles(LocalLog.Partition));
await mediator.Send(new TrainModel());
foreach (var item in (await mediator.Send(new Recommend(UserId.Parse("dot")))).Items)
    Console.WriteLine(
        $"dot may like {item.ItemId} because of {string.Join(", ", item.Because.Select(reason => reason.ItemId))}"
    );
