using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Interactions;
using Recommendation.Application.Profiles;
using Recommendation.Benchmarks.Api;
using Recommendation.Domain.Interactions;
using Recommendation.Local;

namespace Recommendation.Benchmarks.Merge;

/// <summary>
/// Visitors who become users while the server is killed again and again: events of both ids, copies of them, and merges
/// that are asked for several times. Ends with a count of what was lost or counted twice, and once more after the
/// profiles are made anew.
/// </summary>
internal static class MergeSoakBenchmark
{
    private const int Clients = 4;

    private static readonly Option<int> s_events = new("--events") { DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> s_people = new("--people") { DefaultValueFactory = _ => 2_000 };
    private static readonly Option<int> s_kills = new("--kills") { DefaultValueFactory = _ => 12 };

    internal static Command Create()
    {
        var command = new Command(
            "merge-soak",
            "Merge visitors into users while events come and the server is killed.\n\n"
                + "Example: merge-soak --events 100000")
        {
            s_events, s_people, s_kills,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(s_events), parse.GetValue(s_people), parse.GetValue(s_kills), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int events, int people, int kills, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("recommendation-merge-").FullName;
        try
        {
            var started = Stopwatch.GetTimestamp();
            var soak = new MergeSoak(events, people);
            var (killed, repeated) = await KilledServer.PlayAsync(
                folder,
                kills,
                soak.Requests,
                client => Task.WhenAll(Enumerable.Range(0, Clients)
                    .Select(part => soak.SendAsync(client, part, Clients, cancellationToken))),
                cancellationToken
            );
            var first = await CheckAsync(soak, folder, rebuild: false, cancellationToken);
            var rebuilt = await CheckAsync(soak, folder, rebuild: true, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "merge-soak",
                ["events"] = events,
                ["copies"] = soak.Copies,
                ["people"] = people,
                ["merges"] = soak.Merges,
                ["kills"] = killed,
                ["repeatedRequests"] = repeated,
                ["logged"] = first.Logged,
                ["lost"] = first.Lost + rebuilt.Lost,
                ["countedTwice"] = first.Twice + rebuilt.Twice,
                ["wronglyMerged"] = first.Wrong + rebuilt.Wrong,
                ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds),
            }));
            return first == new Counted(events, 0, 0, 0) && rebuilt == first ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Counted> CheckAsync(
        MergeSoak soak, string folder, bool rebuild, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(folder);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await mediator.Send(new CatchUpProfiles(LocalLog.Partition), cancellationToken);
        if (rebuild)
            await mediator.Send(new RebuildProfiles(), cancellationToken);
        var counted = new Counted(0, 0, 0, 0);
        for (var person = 0; person < soak.People; person++)
        {
            var profile = await mediator.Send(new GetProfile(UserId.Parse(MergeSoak.User(person))), cancellationToken);
            var difference = (profile?.InteractionCount ?? 0) - soak.EventsOf(person);
            counted = counted with
            {
                Lost = counted.Lost + Math.Max(0, -difference),
                Twice = counted.Twice + Math.Max(0, difference),
                Wrong = counted.Wrong
                    + (profile?.MergedUsers is [var only] && only.Value == MergeSoak.Visitor(person) ? 0 : 1),
            };
        }
        var exported = await mediator.Send(new ExportInteractions(), cancellationToken);
        return counted with { Logged = await exported.Interactions.LongCountAsync(cancellationToken) };
    }

    /// <param name="Logged">The events in the log.</param>
    /// <param name="Lost">Events that no profile counts.</param>
    /// <param name="Twice">Events that are counted more than once.</param>
    /// <param name="Wrong">Users whose profile does not name their visitor, once.</param>
    private sealed record Counted(long Logged, long Lost, long Twice, long Wrong);
}
