using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Tests.Disk;

/// <summary>
/// A fixed script of requests, and a disk that fails at each of its writes and syncs in turn. Whatever fails: what was
/// acknowledged is there once,
/// the profiles are those of the log, and asking again ends well.
/// </summary>
public sealed class DiskFaultTests
{
    private const int Posts = 2;
    private const int EventsOfPost = 4;

    [Theory]
    [InlineData(DiskFault.Kill)]
    [InlineData(DiskFault.PowerLoss)]
    [InlineData(DiskFault.TornPowerLoss)]
    internal async Task Whatever_write_or_sync_fails_nothing_acknowledged_is_lost_or_counted_twice(DiskFault fault)
    {
        var failures = 0;
        using var empty = new MemoryFolder();
        await using (var services = Services(empty.Path))
            await TryAsync(services, new CatchUpProfiles(LocalLog.Partition));
        for (var at = 1; ; at++)
        {
            using var folder = new MemoryFolder();
            File.Copy(Path.Combine(empty.Path, "recommendation.db"), Path.Combine(folder.Path, "recommendation.db"));
            var plan = new DiskPlan(folder.Path, fault, at);
            HashSet<string> acknowledged = [];
            using (FaultyDisk.Follow(plan))
                await PlayAsync(folder.Path, acknowledged, untilFailure: fault != DiskFault.Error, plan);
            if (!plan.HasFailed)
                break;
            failures++;
            plan.LosePower();
            // A process that is gone has no shared memory; the next one makes it anew.
            File.Delete(Path.Combine(folder.Path, "recommendation.db-shm"));
            await CheckAsync(folder.Path, acknowledged, $"{fault} at operation {at}");
        }
        Assert.True(failures > 10, $"The script wrote and synced only {failures} times.");
    }

    /// <summary>
    /// A folder in memory where there is one: the faults are those of the plan, and hundreds of syncs cost nothing.
    /// </summary>
    private sealed class MemoryFolder : IDisposable
    {
        private const string Shared = "/dev/shm";

        internal MemoryFolder()
        {
            var parent = Directory.Exists(Shared) ? Shared : System.IO.Path.GetTempPath();
            Path = Directory.CreateDirectory(System.IO.Path.Combine(parent,
                $"recommendation-{Guid.NewGuid():N}")).FullName;
        }

        internal string Path { get; }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    private static async Task PlayAsync(string folder, HashSet<string> acknowledged, bool untilFailure, DiskPlan plan)
    {
        await using var services = Services(folder);
        for (var post = 0; post < Posts; post++)
        {
            if (await TryAsync(services, Post(post)))
                acknowledged.UnionWith(Enumerable.Range(0, EventsOfPost).Select(number => IdOf(post, number)));
            if (untilFailure && plan.HasFailed)
                return;
            await TryAsync(services, new CatchUpProfiles(LocalLog.Partition));
            if (untilFailure && plan.HasFailed)
                return;
        }
    }

    private static async Task CheckAsync(string folder, HashSet<string> acknowledged, string fault)
    {
        await using var services = Services(folder);
        Assert.Equal("ok", IntegrityOf(folder));
        var found = await IdsAsync(services);
        Assert.True(found.Distinct().Count() == found.Count, $"{fault}: an event is in the log twice.");
        Assert.True(acknowledged.IsSubsetOf(found),
            $"{fault}: {string.Join(", ", acknowledged.Except(found))} are lost.");
        await CheckProfileAsync(services, fault);
        // The client asks again for all of it: then everything is there, once.
        for (var post = 0; post < Posts; post++)
            Assert.True(await TryAsync(services, Post(post)), $"{fault}: post {post} fails on a good disk.");
        Assert.Equal(Posts * EventsOfPost, (await IdsAsync(services)).Distinct().Count());
        await CheckProfileAsync(services, fault);
    }

    private static async Task CheckProfileAsync(ServiceProvider services, string fault)
    {
        Assert.True(await TryAsync(services, new CatchUpProfiles(LocalLog.Partition)),
            $"{fault}: the log can't be applied.");
        var profiles = await services.GetRequiredService<IProfileStore>()
            .LoadAsync([UserId.Parse("ann")], CancellationToken.None);
        var count = profiles.Values.Sum(profile => profile.InteractionCount);
        var expected = (await IdsAsync(services)).Count;
        Assert.True(count == expected, $"{fault}: the profile counts {count} interactions, the log holds {expected}.");
    }

    private static async Task<List<string>> IdsAsync(ServiceProvider services) =>
        await services.GetRequiredService<IInteractionLog>()
        .ReadAsync(after: null, CancellationToken.None).Select(interaction => interaction.EventId!.Value.Value)
            .ToListAsync();

    private static AppendInteractions Post(int post) => new([.. Enumerable.Range(0, EventsOfPost + 1).Select(number =>
        new IncomingEvent
    {
        // The last one of each is rejected, so that the quarantine is written as well.
        Event = new() { UserId = number == EventsOfPost ? "" : "ann",
            ItemId = $"i{number}", EventId = IdOf(post, number) },
        Source = new Position("test", SequenceNumber.From(post), number),
    })]);

    private static string IdOf(int post, int number) => $"e{post}-{number}";

    private static string IntegrityOf(string folder) => Sqlite.LocalDatabase.Once(
        new LocalOptions { Folder = folder },
        connection =>
        {
            var check = connection.Prepare("PRAGMA integrity_check");
            return check.Step() ? check.Text(0) : "no answer";
        });

    private static ServiceProvider Services(string folder)
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(folder);
        return services.BuildServiceProvider();
    }

    private static async Task<bool> TryAsync<T>(ServiceProvider services, IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
            return true;
        }
        catch (UnavailableException)
        {
            return false;
        }
    }
}
