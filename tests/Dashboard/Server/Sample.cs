using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Batches;
using Recommendation.Application.Interactions;
using Recommendation.Application.Items;
using Recommendation.Application.Models;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Scenarios;
using Recommendation.Import;
using Recommendation.Local;

namespace Recommendation.Dashboard.Tests.Server;

/// <summary>
/// Three weeks of a shop, as the pages show them: events, some of them invalid, two models, two runs.
/// </summary>
internal static class Sample
{
    private const string File = "online-retail-2010-12.csv.gz";
    private const int Before = 20_000;

    internal static async Task FillAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var (events, items) = Read();
        await mediator.Send(new ImportItems(items));
        await mediator.Send(new ImportInteractions(events.Take(Before).ToAsyncEnumerable(), LocalLog.Partition));
        await mediator.Send(new TrainModel(Fast: true));
        await mediator.Send(new RunBatch(BatchRunId.Parse("scheduled-2010-12-19")));
        await mediator.Send(new ImportInteractions(events.Skip(Before).ToAsyncEnumerable(), LocalLog.Partition));
        // Whatever the gate says, so that there is a model to go back to.
        await mediator.Send(new TrainModel(Fast: true, Force: true));
        await mediator.Send(new RunBatch(BatchRunId.Parse("scheduled-2010-12-20")));
        await mediator.Send(new AppendInteractions(Invalid()));
        await mediator.Send(new PutScenario(
            ScenarioName.Parse("sample"), new Scenario { Filter = "item.available" }, "the sample", "to look at"));
    }

    private static List<IncomingEvent> Invalid()
    {
        string[] bodies =
        [
            "{\"itemId\":\"22470\"}",
            "{\"userId\":\"12748\"}",
            "{\"userId\":\"12748\",\"itemId\":\"22470\",\"timestamp\":\"2010-12-31T00:00:00Z\"}",
        ];
        var events = new List<DecodedEvent>();
        foreach (var body in bodies)
            EventDecoder.Read(Encoding.UTF8.GetBytes(body), events);
        return
        [
            .. events.Select(
                (one, n) =>
                    new IncomingEvent
                    {
                        Event = one.Raw,
                        Problem = one.Problem,
                        Source = new Position("till-7", SequenceNumber.From(n)),
                        Raw = one.Bytes,
                    }
            ),
        ];
    }

    private static (List<IncomingEvent> Events, List<CatalogItem> Items) Read()
    {
        var (events, items) = (new List<IncomingEvent>(), new List<CatalogItem>());
        using var file = InteractionFile.Open(Path.Combine(AppContext.BaseDirectory, "samples", File));
        foreach (var row in file.Rows(CancellationToken.None))
        {
            if (row.Kind == ImportRowKind.Item)
                items.Add(row.Item!);
            else if (row.Kind == ImportRowKind.Event)
                events.Add(
                    new IncomingEvent
                    {
                        Event = row.Event with { EventId = $"{row.Line}" },
                        Source = new Position(File, SequenceNumber.From(row.Line), row.Index),
                    }
                );
        }
        return (events, items);
    }
}
