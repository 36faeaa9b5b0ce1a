using System.Globalization;
using Recommendation.Benchmarks.Api;

namespace Recommendation.Benchmarks.Merge;

/// <summary>
/// What the clients send: the events of each person in order, half of them as a visitor, with a merge somewhere between
/// or after them.
/// </summary>
internal sealed class MergeSoak(int events, int people)
{
    private const int PerRequest = 100;
    private int _copies;
    private int _merges;

    internal int People => people;

    internal int Copies => _copies;

    internal int Merges => _merges;

    /// <summary>About how many requests there will be.</summary>
    internal int Requests => (events / PerRequest) + people;

    internal static string User(int person) => string.Create(CultureInfo.InvariantCulture, $"user-{person:00000}");

    internal static string Visitor(int person) =>
        string.Create(CultureInfo.InvariantCulture, $"visitor-{person:00000}");

    internal int EventsOf(int person) => (events / people) + (person < events % people ? 1 : 0);

    /// <summary>Sends what one of the clients has to send.</summary>
    internal async Task SendAsync(PatientClient client, int part, int parts, CancellationToken cancellationToken)
    {
        var random = new Random(part);
        var waiting = new List<string>(PerRequest + 20);
        var merges = new Dictionary<int, int>();
        for (var person = part; person < people; person += parts)
            merges[person] = random.Next(EventsOf(person) + 1);
        for (var round = 0; round <= EventsOf(0); round++)
        {
            for (var person = part; person < people; person += parts)
            {
                if (merges[person] == round)
                    await MergeAsync(client, person, random, cancellationToken);
                if (round >= EventsOf(person))
                    continue;
                waiting.Add(Event(person, round, random));
                if (waiting.Count >= PerRequest)
                    await FlushAsync(client, waiting, random, cancellationToken);
            }
        }
        await FlushAsync(client, waiting, random, cancellationToken);
    }

    private async Task FlushAsync(
        PatientClient client, List<string> waiting, Random random, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
            return;
        await client.PostAsync("/v1/interactions", $"[{string.Join(',', waiting)}]", cancellationToken);
        // Some of them come again, soon after or with the next.
        string[] copies = [.. waiting.Where(_ => random.Next(10) == 0)];
        Interlocked.Add(ref _copies, copies.Length);
        waiting.Clear();
        waiting.AddRange(copies.Take(PerRequest / 2));
    }

    private async Task MergeAsync(PatientClient client, int person, Random random, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _merges);
        var times = random.Next(1, 4);
        for (var time = 0; time < times; time++)
        {
            await client.PostAsync(
                $"/v1/users/{Visitor(person)}/merge", $$"""{"userId":"{{User(person)}}"}""", cancellationToken);
        }
    }

    private static string Event(int person, int number, Random random)
    {
        var id = number % 2 == 0 ? Visitor(person) : User(person);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"eventId":"p{{person}}-{{number}}","userId":"{{id}}","itemId":"i{{random.Next(500)}}"}""");
    }
}
