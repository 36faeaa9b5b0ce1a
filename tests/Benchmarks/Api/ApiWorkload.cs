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
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Scenarios;
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

    /// <summary>A filter, two boosts, a promotion and diversity.</summary>
    private static readonly Scenario Home = new()
    {
        Filter = "item.price < 150.0 && !('c3' in item.categories)",
        Boosts = [new Boost("item.price < 20.0", Multiply: 1.5), new Boost("'c7' in item.categories", Multiply: 0.5)],
        Promotions = [new Promotion("'c1' in item.categories", 0.2)],
        Diversity = new Diversity("categories", 2, 6),
    };

    private static int s_batch;

    internal static async Task FillAsync(string folder, CancellationToken cancellationToken)
    {
        await using var services = Open(folder);
        await SendAsync(
            services,
            new ImportItems([
                .. Enumerable
                    .Range(0, Items)
                    .Select(n => new CatalogItem(ItemId.Parse($"i{n}"), $"The title of item {n}", [$"c{n % 25}"])
                    {
                        Price = n % 200,
                    }),
            ]),
            cancellationToken
        );
        await SendAsync(services, new PutScenario(ScenarioName.Parse("home"), Home, "benchmark"), cancellationToken);
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
        var scenario = Enumerable
            .Range(Fresh, Users - Fresh)
            .Select(user => Get($"u{user}", "?scenario=home"))
            .ToArray();
        var plain = Enumerable
            .Range(Fresh, Users - Fresh)
            .Select(user => Get($"u{user}", "?scenario=default"))
            .ToArray();
        yield return ("plainScenario", random => plain[random.Next(plain.Length)]);
        yield return ("scenario", random => scenario[random.Next(scenario.Length)]);
        yield return ("session", random => Session(random));
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

    /// <summary>A visitor who has seen eight items of one part of the catalogue.</summary>
    private static byte[] Session(Random random)
    {
        var first = random.Next(Items / 50) * 50;
        var history = string.Join(',', Enumerable.Range(0, 8).Select(_ => string.Create(
            CultureInfo.InvariantCulture, $$"""{"itemId":"i{{first + random.Next(50)}}"}""")));
        return Post("/v1/recommendations", $$"""{"history":[{{history}}]}""");
    }

    private static byte[] Get(string user, string query = "") =>
        Encoding.ASCII.GetBytes($"GET /v1/users/{user}/recommendations{query} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static byte[] Post(string events) => Post("/v1/interactions", $"[{events}]");

    private static byte[] Post(string path, string body) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + $"application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
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
