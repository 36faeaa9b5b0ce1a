using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class HistoryUpgradeTests : SqliteTest
{
    [Fact]
    public async Task Profiles_of_an_older_database_say_that_they_miss_history_until_a_rebuild_fills_it()
    {
        await WriteFormat3Async(interactions: 200);
        var services = new ServiceCollection();
        services.AddRecommendation().UseSqlite(Fixture.Folder);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var profiles = provider.GetRequiredService<IProfileStore>();
        Assert.True((await profiles.LoadAsync([Some.User()], None))[Some.User()].MissesHistory);

        var rebuilt = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RebuildProfiles());

        Assert.Equal(new RebuiltProfiles(1, 1, 0, 0), rebuilt);
        var profile = (await profiles.LoadAsync([Some.User()], None))[Some.User()];
        Assert.False(profile.MissesHistory);
        var stored = await provider
            .GetRequiredService<IHistoryStore>()
            .LoadAsync([new(Some.User(), profile.HistoryKey!.Value)], None);
        var memory = UserMemory.Of(profile, stored[Some.User()], _ => true);
        Assert.True(memory.IsComplete);
        Assert.Equal(200, memory.History.Count);
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(memory.ActedOn.Contains(Some.Item($"item-{i}"))));
    }

    /// <summary>
    /// A database as it was before there were histories: the log, and a profile of its newest interactions.
    /// </summary>
    private async Task WriteFormat3Async(int interactions)
    {
        await using var older = new LocalDatabase(new LocalOptions { Folder = Fixture.Folder }, Schema.Steps[..3]);
        var logged = Enumerable
            .Range(0, interactions)
            .Select(i => Some.Interaction(item: $"item-{i}") with
            {
                OccurredAt = Some.Noon.AddSeconds(i),
                Position = LocalPosition.Of(i + 1),
            })
            .ToList();
        await older.Writer.RunAsync(connection => Insert(connection, logged), Faults.OfLog, None);
        var profile = UserProfile.New(Some.User()).Apply(logged, ProfilePolicy.Default).Profile with
        {
            Pending = PendingInteractions.None,
        };
        var blob = new BlobWriter();
        ProfileCodec.Write(blob, profile);
        // Format 1 ended before what is pending, which is a length of 0 here.
        var body = blob.Written[..^1].ToArray();
        body[0] = 1;
        await older.Writer.RunAsync(
            connection =>
                connection
                    .Prepare("INSERT INTO profiles(user, version, bucket, day, body) VALUES(?1, 1, ?2, ?3, ?4)")
                    .Bind(1, profile.UserId.Value)
                    .Bind(2, profile.ActiveBucket!.Value.Bucket)
                    .Bind(3, profile.ActiveBucket.Value.Day.DayNumber)
                    .Bind(4, body)
                    .Run(),
            Faults.OfStore,
            None);
    }

    /// <summary>With the columns of that time.</summary>
    private static int Insert(Connection connection, List<Interaction> interactions)
    {
        var insert = connection.Prepare(
            "INSERT INTO interactions(user, item, type, event, occurred, value, arrived) VALUES(?1, ?2, ?3, ?4, ?5, "
                + "?6, ?7)");
        foreach (var one in interactions)
        {
            insert
                .Bind(1, one.UserId.Value)
                .Bind(2, one.ItemId.Value)
                .Bind(3, one.Type.Value)
                .Bind(4, one.EventId?.Value)
                .Bind(5, one.OccurredAt.ToUnixTimeMilliseconds())
                .Bind(6, one.Value)
                .Bind(7, one.ArrivedAt.ToUnixTimeMilliseconds())
                .Run();
        }
        return interactions.Count;
    }
}
