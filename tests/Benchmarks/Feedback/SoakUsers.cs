using System.Globalization;
using System.Text.Json;
using Recommendation.Benchmarks.Api;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Benchmarks.Feedback;

/// <summary>
/// The users of the soak: each gets two lists and then sends events, most of them about a few items, so that
/// impressions, clicks and purchases of one item meet. Some events are sent twice, also in another request.
/// </summary>
/// <param name="users">How many users there are.</param>
/// <param name="events">How many events each has.</param>
/// <param name="newest">No event is later.</param>
internal sealed class SoakUsers(int users, int events, DateTimeOffset newest)
{
    private const int PerRequest = 500;
    private const int ListsPerUser = 2;
    private const int Days = 20;
    private const int ItemsOfUser = 4;
    private const int Items = 2_000;

    private readonly RecommendationId[][] _lists = new RecommendationId[users][];
    private int _copies;

    internal int Count => users;

    internal int EventsPerUser => events;

    /// <summary>How many events were sent again on purpose.</summary>
    internal int Copies => _copies;

    /// <summary>About how many requests there will be.</summary>
    internal int Requests => (users * ListsPerUser) + (users * events / PerRequest);

    internal static string IdOf(int user) => string.Create(CultureInfo.InvariantCulture, $"user-{user:000000}");

    internal RecommendationId ListOf(int user, int list) => _lists[user][list];

    /// <summary>The events of a user, in the order in which they are sent.</summary>
    internal SoakEvent[] EventsOf(int user)
    {
        var random = new Random(user);
        // A millisecond of its own for each event: which of two comes first is then no question.
        return
        [
            .. Enumerable.Range(0, events).Select(number =>
            {
                var kind = random.Next(10) switch
                {
                    < 6 => SoakEventKind.Impression,
                    < 9 => SoakEventKind.Click,
                    _ => SoakEventKind.Purchase,
                };
                return new SoakEvent(
                    number,
                    (user + random.Next(ItemsOfUser)) % Items,
                    kind,
                    newest.AddMinutes(-random.Next(Days * 24 * 60)).AddMilliseconds(-number),
                    random.Next(2) == 0 ? -1 : random.Next(ListsPerUser),
                    kind == SoakEventKind.Purchase ? random.Next(1, 100_000) : 0,
                    kind == SoakEventKind.Purchase ? random.Next(SoakEvent.Currencies.Length + 1) - 1 : -1
                );
            }),
        ];
    }

    /// <summary>Does what one of the clients has to do.</summary>
    internal async Task PlayAsync(PatientClient client, int part, int parts, CancellationToken cancellationToken)
    {
        var random = new Random(-1 - part);
        for (var user = part; user < users; user += parts)
        {
            _lists[user] = new RecommendationId[ListsPerUser];
            for (var list = 0; list < ListsPerUser; list++)
                _lists[user][list] = await ListAsync(client, user, cancellationToken);
        }
        var waiting = new List<string>(2 * PerRequest);
        for (var user = part; user < users; user += parts)
        {
            foreach (var one in EventsOf(user))
            {
                waiting.Add(one.ToJson(user, _lists[user]));
                if (waiting.Count >= PerRequest)
                    await FlushAsync(client, waiting, random, cancellationToken);
            }
            // The figures are asked for now and then, and are counted so far.
            if (random.Next(200) == 0)
                await client.GetAsync("/v1/metrics?by=source", cancellationToken);
        }
        while (waiting.Count > 0)
            await FlushAsync(client, waiting, random, cancellationToken);
    }

    private static async Task<RecommendationId> ListAsync(
        PatientClient client, int user, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync($"/v1/users/{IdOf(user)}/recommendations?n=1", cancellationToken);
        using var document = JsonDocument.Parse(answer);
        var text = document.RootElement.GetProperty("recommendationId").GetString()!;
        return RecommendationId.Read(text).Id ?? throw new InvalidOperationException($"'{text}' is no id of a list.");
    }

    private async Task FlushAsync(
        PatientClient client, List<string> waiting, Random random, CancellationToken cancellationToken)
    {
        var sent = waiting.Count;
        await client.PostAsync("/v1/interactions", $"[{string.Join(',', waiting)}]", cancellationToken);
        // The last request brings no copies, or there would always be another one.
        string[] copies = sent < PerRequest ? [] : [.. waiting.Where(_ => random.Next(10) == 0)];
        Interlocked.Add(ref _copies, copies.Length);
        waiting.Clear();
        waiting.AddRange(copies);
    }
}
