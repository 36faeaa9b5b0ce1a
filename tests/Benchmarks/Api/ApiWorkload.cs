using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Batches;
using Recommendation.Application.Interactions;
using Recommendation.Application.Items;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Local;

namespace Recommendation.Benchmarks.Api;

/// <summary>
/// 10,000 users with 20 interactions each over 2,000 items with titles, a model and a completed run; and what is asked
/// of it.
/// </summary>
internal static class ApiWorkload
{
    internal const int BatchSize = 500;

    private const int Users = 10_000;
    private const int Fresh = 2_000;
    private const int Items = 2_000;
    private const int EventsPerUser = 20;

    private static int s_batch;

    internal static async Task FillAsync(string folder, CancellationToken cancellationToken)
    {
        await using var services = Open(folder);
        await SendAsync(
            services,
            new ImportItems([
                .. Enumerable
                    .Range(0, Items)
                    .Select(n => new CatalogItem(ItemId.Parse($"i{n}"), $"The title of item {n}", [])),
            ]),
            cancellationToken
        );
        foreach (var chunk in Events().Chunk(16_384))
            await SendAsync(services, new AppendInteractions(chunk), cancellationToken);
        await SendAsync(services, new CatchUpProfiles(LocalLog.Partition), cancellationToken);
        await SendAsync(services, new TrainModel(Fast: true, Force: true), cancellationToken);
        await SendAsync(services, new RunBatch(BatchRunId.Parse("before")), cancellationToken);
    }

    internal static async Task<long> LoggedAsync(string folder, CancellationToken cancellationToken)
    {
        await using var services = Open(folder);
        return await services
            .GetRequiredService<IInteractionLog>()
            .ReadAsync(after: null, cancellationToken)
            .LongCountAsync(cancellationToken);
    }

    /// <summary>One event more for each of the users whose lists are to be ranked on request.</summary>
    internal static IEnumerable<byte[]> FreshEvents() =>
        Enumerable
            .Range(0, Fresh)
            .Chunk(BatchSize)
            .Select(users =>
                Post(
                    string.Join(
                        ',',
                        users.Select(user =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $$"""{"userId":"u{{user}}","itemId":"i{{user % Items}}"}"""
                            )
                        )
                    )
                )
            );

    internal static IEnumerable<(string Name, Func<Random, byte[]> Request)> Reads()
    {
        var stored = Enumerable.Range(Fresh, Users - Fresh).Select(user => Get($"u{user}")).ToArray();
        var realtime = Enumerable.Range(0, Fresh).Select(user => Get($"u{user}")).ToArray();
        var popular = Enumerable.Range(0, Fresh).Select(user => Get($"stranger-{user}")).ToArray();
        yield return ("stored", random => stored[random.Next(stored.Length)]);
        yield return ("realtime", random => realtime[random.Next(realtime.Length)]);
        yield return ("popular", random => popular[random.Next(popular.Length)]);
    }

    /// <summary>Batches of events that were never sent before.</summary>
    internal static Func<Random, byte[]> Batches() => random =>
    {
        var batch = Interlocked.Increment(ref s_batch);
        var body = new StringBuilder(BatchSize * 90);
        for (var n = 0; n < BatchSize; n++)
        {
            body.Append(n == 0 ? "" : ",").Append(CultureInfo.InvariantCulture,
                $$"""{"eventId":"b{{batch}}-{{n}}","userId":"u{{random.Next(Users)}}","itemId":"i{{random.Next(Items)}}","interactionType":"view"}""");
        }
        return Post(body.ToString());
    };

    private static byte[] Get(string user) =>
        Encoding.ASCII.GetBytes($"GET /v1/users/{user}/recommendations HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static byte[] Post(string events) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"POST /v1/interactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + $"application/json\r\nContent-Length: {events.Length + 2}\r\n\r\n[{events}]"
            )
        );

    private static IEnumerable<IncomingEvent> Events()
    {
        var random = new Random(3);
        for (var user = 0; user < Users; user++)
        {
            for (var n = 0; n < EventsPerUser; n++)
            {
                // Users of a group like the same part of the catalogue, so that there is something to learn.
                var item = ((user % 40) * 50) + (int)(random.NextDouble() * random.NextDouble() * 100);
                yield return new IncomingEvent
                {
                    Event = new RawInteraction
                    {
                        UserId = $"u{user}",
                        ItemId = $"i{item % Items}",
                        EventId = $"e{n}",
                        InteractionType = "purchase",
                    },
                    Source = new Position("bench", SequenceNumber.From(user), n),
                };
            }
        }
    }

    private static ServiceProvider Open(string folder)
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(folder);
        return services.BuildServiceProvider();
    }

    private static async Task SendAsync<T>(
        ServiceProvider services,
        IRequest<T> request,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }
}
