using FsCheck.Fluent;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>
/// Events come, come again and in any order, ids are merged, people are erased, profiles are made anew, and saves fail:
/// each person is what a clean pass over the log says, by a model that knows who is whom.
/// </summary>
public sealed class MergePropertyTests
{
    private const int Users = 6;

    [Fact]
    public Task Each_id_is_counted_once_and_a_person_is_the_sum_of_the_ids() => Always.HoldsAsync(
        Gen.Choose(0, int.MaxValue), async seed => await PlayAsync(new Random(seed)));

    private static async Task PlayAsync(Random random)
    {
        await using var world = new World();
        var users = Enumerable.Range(0, Users).Select(Some.User).ToArray();
        var into = new Dictionary<UserId, UserId>();
        for (var step = 0; step < 60; step++)
        {
            var (one, other) = (users[random.Next(Users)], users[random.Next(Users)]);
            switch (random.Next(10))
            {
                case < 5:
                    await AppendAsync(world, random, one);
                    break;
                case < 7:
                    Stir(world, random);
                    await MergeAsync(world, one, other, into);
                    break;
                case 7:
                    await EraseAsync(world, one, users, into);
                    break;
                case 8:
                    await world.SendAsync(new RebuildProfiles());
                    break;
                default:
                    await DeliverAsync(world, random.Next(1, 8));
                    break;
            }
            world.Profiles.Heal();
        }
        await DeliverAsync(world, first: 0);
        await CheckAsync(world, users, into);
        await world.SendAsync(new RebuildProfiles());
        await CheckAsync(world, users, into);
    }

    private static void Stir(World world, Random random)
    {
        if (random.Next(3) != 0)
            return;
        var left = random.Next(3);
        if (random.Next(2) == 0)
            world.Profiles.Saving = _ => left-- == 0 ? Fault.Throw(Fault.StoreDown) : Task.CompletedTask;
        else
            world.Profiles.Saved = () => left-- == 0 ? Fault.Throw(Fault.StoreDown) : Task.CompletedTask;
    }

    private static async Task AppendAsync(World world, Random random, UserId user)
    {
        var before = (await world.LoggedAsync()).Count;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var now = world.Time.GetUtcNow();
        var events = Enumerable.Range(0, random.Next(1, 6))
            .Select(n => Some.Interaction(0, user, $"i{random.Next(30)}", $"e{random.Next(1000)}", now, now))
            .ToList();
        await world.Log.AppendAsync(events, CancellationToken.None);
        await DeliverAsync(world, Math.Max(0, before - random.Next(5)));
    }

    /// <summary>Delivers the log from somewhere on, as after a failure.</summary>
    private static async Task DeliverAsync(World world, int first) =>
        await world.SendAsync(new UpdateProfiles([.. (await world.LoggedAsync()).Skip(first)], []));

    /// <summary>The model follows what was answered; a merge that failed is asked for again at once.</summary>
    private static async Task MergeAsync(World world, UserId anonymous, UserId user, Dictionary<UserId, UserId> into)
    {
        var mayMerge = anonymous != user && !into.ContainsKey(user) && !into.ContainsValue(anonymous)
            && (!into.TryGetValue(anonymous, out var known) || known == user);
        try
        {
            try
            {
                await world.SendAsync(new MergeUsers(anonymous, user));
            }
            catch (StoreUnavailableException)
            {
                world.Profiles.Heal();
                await world.SendAsync(new MergeUsers(anonymous, user));
            }
            Assert.True(mayMerge);
            into[anonymous] = user;
        }
        catch (RefusedException)
        {
            Assert.False(mayMerge);
        }
    }

    private static async Task EraseAsync(
        World world, UserId user, UserId[] users, Dictionary<UserId, UserId> into)
    {
        var person = PersonOf(user, users, into);
        await world.SendAsync(new ForgetUser(user));
        foreach (var id in person)
        {
            into.Remove(id);
            Assert.True((await world.ProfileAsync(id))!.IsEmpty);
            Assert.DoesNotContain(await world.LoggedAsync(), one => one.UserId == id);
        }
    }

    private static UserId[] PersonOf(UserId user, UserId[] users, Dictionary<UserId, UserId> into)
    {
        var owner = into.GetValueOrDefault(user, user);
        return [.. users.Where(one => into.GetValueOrDefault(one, one) == owner)];
    }

    private static async Task CheckAsync(World world, UserId[] users, Dictionary<UserId, UserId> into)
    {
        var expected = CleanPass.Over(await world.LoggedAsync());
        foreach (var user in users)
        {
            var person = PersonOf(user, users, into)
                .Select(id => expected.GetValueOrDefault(id) ?? UserProfile.New(id)).ToList();
            var profile = await world.SendAsync(new GetProfile(user));
            Assert.Equal(person.Sum(one => one.InteractionCount), profile?.InteractionCount ?? 0);
            Assert.Equal(person.Min(one => one.FirstInteraction), profile?.FirstInteraction);
            Assert.Equal(person.Max(one => one.LastInteraction), profile?.LastInteraction);
            Assert.Equal(
                expected.GetValueOrDefault(user)?.InteractionCount ?? 0,
                (await world.ProfileAsync(user))?.InteractionCount ?? 0);
            await SameHistoryAsync(world, user, [.. PersonOf(user, users, into)]);
        }
    }

    /// <summary>What lists are ranked from is what the log holds of all ids of the person.</summary>
    private static async Task SameHistoryAsync(World world, UserId user, HashSet<UserId> person)
    {
        var log = (await world.LoggedAsync()).Where(one => person.Contains(one.UserId)).ToList();
        if (log.Count == 0)
            return;
        var exported = await world.SendAsync(new ExportUser(user));
        Assert.Equal(UserHistory.From(log), exported.Memory!.History);
        Assert.All(log, one => Assert.True(exported.Memory.ActedOn.Contains(one.ItemId)));
        Assert.Equal(
            log.Select(one => one.Position.ToString()).Order(StringComparer.Ordinal),
            exported.Interactions.Select(one => one.Position.ToString()).Order(StringComparer.Ordinal));
    }
}
