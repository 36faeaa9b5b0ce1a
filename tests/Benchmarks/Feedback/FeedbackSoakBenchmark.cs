using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Erasures;
using Recommendation.Application.Feedback;
using Recommendation.Application.Profiles;
using Recommendation.Benchmarks.Api;
using Recommendation.Domain.Interactions;
using Recommendation.Local;
using Recommendation.Settings;

namespace Recommendation.Benchmarks.Feedback;

/// <summary>
/// Impressions, clicks and purchases while the server is killed again and again and events come twice. Every figure is
/// compared with an independent count of what was sent: as counted so far, after a count of the whole log, after
/// erasures, and after another count of the whole log.
/// </summary>
internal static class FeedbackSoakBenchmark
{
    private const int Clients = 4;
    private const int Erased = 25;

    private static readonly Option<int> s_users = new("--users") { DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> s_events = new("--events-per-user") { DefaultValueFactory = _ => 100 };
    private static readonly Option<int> s_kills = new("--kills") { DefaultValueFactory = _ => 12 };

    internal static Command Create()
    {
        var command = new Command(
            "feedback-soak",
            "Compare the metrics with an independent count while the server is killed.\n\n"
                + "Example: feedback-soak --users 20000 --events-per-user 100")
        {
            s_users, s_events, s_kills,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(
            new SoakUsers(
                parse.GetValue(s_users),
                parse.GetValue(s_events),
                Today().AddHours(-1)
            ),
            parse.GetValue(s_kills),
            cancellationToken));
        return command;
    }

    private static DateTimeOffset Today() => new(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero);

    private static async Task<int> RunAsync(SoakUsers users, int kills, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("recommendation-feedback-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, SettingsSource.FileName),
                """{"events":{"types":{"purchase":{"revenue":true}}}}""",
                cancellationToken
            );
            var started = Stopwatch.GetTimestamp();
            var (killed, repeated) = await KilledServer.PlayAsync(
                folder,
                kills,
                users.Requests,
                client => Task.WhenAll(Enumerable.Range(0, Clients)
                    .Select(part => users.PlayAsync(client, part, Clients, cancellationToken))),
                cancellationToken
            );
            var expected = IndependentCount.Of(users);
            var wrong = await CompareAsync(folder, expected, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "feedback-soak",
                ["events"] = (long)users.Count * users.EventsPerUser,
                ["users"] = users.Count,
                ["copies"] = users.Copies,
                ["kills"] = killed,
                ["repeatedRequests"] = repeated,
                ["rows"] = expected.Count,
                ["wrongRows"] = wrong,
                ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds),
            }));
            return wrong.Values.Sum() == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>By what was done before, how many rows differ.</returns>
    private static async Task<Dictionary<string, int>> CompareAsync(
        string folder, SortedDictionary<string, string> expected, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(folder).UseSettings(SettingsSource.Read(folder: folder).Require());
        await using var provider = services.BuildServiceProvider();
        var wrong = new Dictionary<string, int>(StringComparer.Ordinal) { ["counted"] = await WrongAsync() };
        await SendAsync(new CountFeedback(Rebuild: true));
        wrong.Add("recounted", await WrongAsync());
        await SendAsync(new CatchUpProfiles(LocalLog.Partition));
        for (var user = 0; user < Erased; user++)
            await SendAsync(new ForgetUser(UserId.Parse(SoakUsers.IdOf(user))));
        wrong.Add("erased", await WrongAsync());
        await SendAsync(new CountFeedback(Rebuild: true));
        wrong.Add("recountedAfterErasures", await WrongAsync());
        return wrong;

        async Task<int> WrongAsync()
        {
            var today = DateOnly.FromDateTime(Today().UtcDateTime);
            var found = IndependentCount.Of(await SendAsync(
                new ShowMetrics(today.AddDays(-60), today, [MetricDimension.Day, MetricDimension.Source])));
            string[] rows = [.. found.Keys.Union(expected.Keys)
                .Where(row => found.GetValueOrDefault(row) != expected.GetValueOrDefault(row))];
            foreach (var row in rows.Take(5))
            {
                Console.Error.WriteLine(
                    $"{row}: {found.GetValueOrDefault(row)}, not {expected.GetValueOrDefault(row)}");
            }
            return rows.Length;
        }

        async Task<T> SendAsync<T>(IRequest<T> request)
        {
            await using var scope = provider.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
        }
    }
}
